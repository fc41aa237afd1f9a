/// Routes about plans and rollouts, and the words in which plans are shown.
///
/// Read [tranche.server.rollout.RolloutRoutes] first.
@NullMarked
package tranche.server.rollout;

import org.jspecify.annotations.NullMarked;
