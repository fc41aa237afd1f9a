/// Making it happen: the loop that decides, journals, performs and journals again.
///
/// Read [tranche.engine.rollout.RolloutLoop] first, then [tranche.engine.rollout.StepPerformer].
/// Invariants: I3, I4 and I9 are kept here. Deliberately not here: any decision
/// (`tranche.core.rollout`) and any vendor (ports are in the neighbour packages).
@NullMarked
package tranche.engine.rollout;

import org.jspecify.annotations.NullMarked;
