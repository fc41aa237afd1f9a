/// The demo: a whole fleet on this machine, one good release, one bad one, every claim checked.
///
/// Read [tranche.app.demo.Story] first. The demo starts a control plane and a load generator as
/// processes of their own and is otherwise an ordinary client of the API.
@NullMarked
package tranche.app.demo;

import org.jspecify.annotations.NullMarked;
