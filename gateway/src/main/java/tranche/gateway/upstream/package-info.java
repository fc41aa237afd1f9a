/// The instances behind the gateway as they are now: ready or not, how much is in flight, which
/// idle connections they have. Start with [Fleet], then [LiveInstance].
///
/// Invariants: an instance that is not ready, is draining or has left the table is given no new
/// request (I8); what is in flight is counted until it ends, also after the instance left the
/// table.
///
/// Deliberately not here: which arm a tenant's request goes to (`tranche.gateway.route`) and what
/// is forwarded (`tranche.gateway.traffic`).
@NullMarked
package tranche.gateway.upstream;

import org.jspecify.annotations.NullMarked;
