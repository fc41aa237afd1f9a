package tranche.app.cli.watch;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// Until when to watch.
public record Goal(Until until, Optional<Duration> timeout) {
  public Goal {
    Objects.requireNonNull(until);
    Objects.requireNonNull(timeout);
  }

  /// What is waited for.
  public enum Until {
    /// The end of the rollout, or a halt.
    DONE,
    /// The same, or an approval that it waits for.
    GATE
  }

  /// Until the end, however long it takes.
  public static Goal done() {
    return new Goal(Until.DONE, Optional.empty());
  }
}
