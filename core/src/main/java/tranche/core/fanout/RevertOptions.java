package tranche.core.fanout;

import java.util.Objects;
import tranche.core.release.SchemaVersion;

/// What somebody asked for when taking migrations back.
///
/// @param scope how much
/// @param loss whether data may be lost by it
public record RevertOptions(Scope scope, DataLoss loss) {
  public RevertOptions {
    Objects.requireNonNull(scope);
    Objects.requireNonNull(loss);
  }

  /// How much is taken back.
  public sealed interface Scope {
    /// Every version above this one, which stays.
    record DownTo(SchemaVersion version) implements Scope {
      public DownTo {
        Objects.requireNonNull(version);
      }
    }

    /// The versions that were applied last.
    record Last(int count) implements Scope {
      public Last {
        if (count < 1 || count > 1000) {
          throw new IllegalArgumentException("1 to 1000 migrations, got " + count);
        }
      }
    }

    /// Everything that this run applied.
    record Run(String run) implements Scope {
      public Run {
        Objects.requireNonNull(run);
      }
    }
  }

  /// Whether an undo may run that loses data.
  public enum DataLoss {
    /// The store is refused.
    REFUSED,
    /// It runs.
    ACCEPTED
  }
}
