/// The interface of the control plane: read and change the routing table, see the instances and
/// what the tenants' requests came to. Start with [AdminHandler].
///
/// Deliberately not here: what a change means (`tranche.gateway.route`) and any decision of its
/// own.
@NullMarked
package tranche.gateway.admin;

import org.jspecify.annotations.NullMarked;
