package tranche.core.rollout;

import java.util.Map;
import tranche.core.judge.ArmCounts;
import tranche.core.judge.Evidence;
import tranche.core.release.ReleaseId;

/// Totals of the gateway's counters for some tenants at one time, by release. `boot` identifies the
/// run of the gateway: totals of different runs cannot be compared.
public record TrafficMark(String boot, Map<ReleaseId, ArmCounts> arms) {
  public TrafficMark {
    arms = Map.copyOf(arms);
  }

  /// What happened between `begin` and this mark, seen from the candidate; everything that another
  /// release answered counts as baseline.
  public Evidence evidenceSince(TrafficMark begin, ReleaseId candidate) {
    if (!boot.equals(begin.boot)) {
      return Evidence.missing("the gateway was restarted during the bake");
    }
    ArmCounts baseline = ArmCounts.NONE;
    ArmCounts seen = ArmCounts.NONE;
    for (var arm : arms.entrySet()) {
      ArmCounts window =
          arm.getValue().since(begin.arms.getOrDefault(arm.getKey(), ArmCounts.NONE));
      if (arm.getKey().equals(candidate)) {
        seen = window;
      } else {
        baseline = baseline.plus(window);
      }
    }
    return Evidence.of(baseline, seen);
  }
}
