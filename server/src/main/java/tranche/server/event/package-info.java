/// The journal as a stream of events.
///
/// Read [tranche.server.event.EventRoute] first: the promise is that a reader who reconnects with
/// the last id it has seen misses nothing and gets nothing twice. An entry of the journal is
/// rendered in one place, here, for the stream and for `rollout journal` alike.
@NullMarked
package tranche.server.event;

import org.jspecify.annotations.NullMarked;
