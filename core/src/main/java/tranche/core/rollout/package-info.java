/// From what is wanted to what to do next: the planner, the state of a rollout and the decision.
///
/// Read [tranche.core.rollout.Decider] first: one look at plan and state in, one decision out; then
/// [tranche.core.rollout.Planner]. The state is nothing but the journal, folded
/// ([tranche.core.rollout.RolloutState]). Invariants: I1, I2, I6, I7, I8 and I10 are decided here
/// and nowhere else. Deliberately not here: performing a step, time, and any store.
@NullMarked
package tranche.core.rollout;

import org.jspecify.annotations.NullMarked;
