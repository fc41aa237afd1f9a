package tranche.engine.rollout;

import java.util.List;
import tranche.core.fleet.Fleet;
import tranche.core.release.Release;
import tranche.core.rollout.RolloutId;
import tranche.core.verify.Suite;
import tranche.engine.journal.Fence;

/// On whose behalf and with which knowledge steps are performed.
public record Order(
    RolloutId rollout, Fence fence, Release release, Fleet fleet, List<Suite> suites) {
  public Order {
    suites = List.copyOf(suites);
  }
}
