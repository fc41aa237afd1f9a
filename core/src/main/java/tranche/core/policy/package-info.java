/// What the operator wants: tiers, tranches, gates, budgets and how traffic moves.
///
/// Read [tranche.core.policy.RolloutPolicy] first. Deliberately not here: what is done about it
/// (`tranche.core.rollout`).
@NullMarked
package tranche.core.policy;

import org.jspecify.annotations.NullMarked;
