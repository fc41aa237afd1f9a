package tranche.core.fanout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.migration.MigrationKey;
import tranche.core.problem.Problem;

/// How a task ended on one store.
public sealed interface StoreOutcome {
  /// All of it is done and was observed.
  ///
  /// @param ran what this call ran; a part of the task if another process had run the rest
  /// @param timing where the time went
  record Done(List<MigrationKey> ran, Timing timing) implements StoreOutcome {
    public Done {
      ran = List.copyOf(ran);
      Objects.requireNonNull(timing);
    }
  }

  /// It stopped. What ran before the failing migration stays.
  ///
  /// @param ran what this call ran to the end
  /// @param at the migration that failed, if one had begun
  /// @param problem why
  record Failed(List<MigrationKey> ran, Optional<MigrationKey> at, Problem problem, Timing timing)
      implements StoreOutcome {
    public Failed {
      ran = List.copyOf(ran);
      Objects.requireNonNull(at);
      Objects.requireNonNull(problem);
      Objects.requireNonNull(timing);
    }
  }

  /// The history is no longer the one that the task was decided on: read it again and decide anew.
  ///
  /// @param ran what this call ran before it saw that
  record Moved(List<MigrationKey> ran) implements StoreOutcome {
    public Moved {
      ran = List.copyOf(ran);
    }
  }

  /// Where the time of a task went.
  ///
  /// @param total from the first statement to the last answer
  /// @param waiting of this, waiting for locks between tries
  /// @param tries how often a transaction was tried again
  record Timing(Duration total, Duration waiting, int tries) {
    public Timing {
      Objects.requireNonNull(total);
      Objects.requireNonNull(waiting);
    }
  }
}
