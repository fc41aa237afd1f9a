package tranche.engine.rollout;

import java.time.Duration;
import java.util.List;
import tranche.core.verify.Suite;

/// How the engine works: `holder` names this data folder in the lease, `parallel` is how many steps
/// run at once (1 to 64).
public record EngineSettings(
    String holder, Duration lease, int parallel, List<Suite> suites, FaultPoints faults) {
  public EngineSettings {
    suites = List.copyOf(suites);
    if (parallel < 1 || parallel > 64) {
      throw new IllegalArgumentException("parallel " + parallel);
    }
  }
}
