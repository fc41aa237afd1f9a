package tranche.core.rollout;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tranche.core.fleet.CellId;
import tranche.core.release.ReleaseId;

/// Which arms a rollout has started and stopped. An arm can come and go several times - a revert
/// stops it, a retry needs it again - so each coming and going is a step of its own generation.
final class ArmHistory {
  private final Map<Retirement, Integer> generations = new HashMap<>();
  private final Map<Retirement, Boolean> isUp = new HashMap<>();
  private final Set<Retirement> everRetiring = new HashSet<>();

  void intended(Step step) {
    if (step instanceof Step.Deploy(var cell, var release, _)) {
      isUp.put(new Retirement(cell, release), true);
    } else if (step instanceof Step.Retire(var cell, var release, _)) {
      everRetiring.add(new Retirement(cell, release));
    }
  }

  void performed(Step step) {
    if (step instanceof Step.Retire(var cell, var release, _)) {
      Retirement arm = new Retirement(cell, release);
      isUp.put(arm, false);
      generations.merge(arm, 1, Integer::sum);
    }
  }

  /// What distinguishes the steps on this arm until it is stopped the next time.
  String occasion(CellId cell, ReleaseId release) {
    int generation = generations.getOrDefault(new Retirement(cell, release), 0);
    return generation == 0 ? "" : "~" + generation;
  }

  /// The step that stops the arm this time.
  Step.Retire retirement(CellId cell, ReleaseId release) {
    return new Step.Retire(cell, release, occasion(cell, release));
  }

  /// Whether the arm was started and not stopped since; `before` is what holds of an arm that this
  /// rollout has not touched.
  boolean isUp(CellId cell, ReleaseId release, boolean before) {
    return isUp.getOrDefault(new Retirement(cell, release), before);
  }

  /// Whether stopping it was ever begun, so that part of it may be gone.
  boolean wasEverRetiring(CellId cell, ReleaseId release) {
    return everRetiring.contains(new Retirement(cell, release));
  }
}
