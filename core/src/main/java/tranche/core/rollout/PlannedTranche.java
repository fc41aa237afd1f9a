package tranche.core.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tranche.core.policy.Gates;

/// One ordered slice of the fleet that moves together, with `about` as a rough estimate of the time
/// it takes when nothing holds it up.
public record PlannedTranche(
    int number, String name, String who, List<Batch> batches, Gates gates, Duration about) {
  public PlannedTranche {
    Objects.requireNonNull(name);
    Objects.requireNonNull(who);
    Objects.requireNonNull(gates);
    Objects.requireNonNull(about);
    batches = List.copyOf(batches);
  }

  /// How many tenants it has.
  public int size() {
    return batches.stream().mapToInt(b -> b.moves().size()).sum();
  }
}
