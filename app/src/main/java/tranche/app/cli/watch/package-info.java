/// Following a rollout until it ends.
///
/// Read [tranche.app.cli.watch.Watch] first: the event stream says when to look, a snapshot says
/// what is there. [tranche.app.cli.watch.Picture] is how it is shown. Deliberately not here: exit
/// codes and how a ladder looks.
@NullMarked
package tranche.app.cli.watch;

import org.jspecify.annotations.NullMarked;
