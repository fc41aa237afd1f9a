/// Plans, rollouts and their journal as they are sent.
///
/// Read [tranche.api.rollout.RolloutJson] first, then [tranche.api.rollout.EventJson]: the journal,
/// the event stream and `rollout journal` are one thing. Deliberately not here: what any of it
/// means (`tranche.core.rollout`).
@NullMarked
package tranche.api.rollout;

import org.jspecify.annotations.NullMarked;
