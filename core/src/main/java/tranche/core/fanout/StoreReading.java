package tranche.core.fanout;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.Problem;

/// What was found where a store should be.
public sealed interface StoreReading {
  /// A store with a history that Tranche keeps.
  ///
  /// @param failure what the last run left behind, if it failed there
  record Managed(StoreHistory history, Optional<String> failure) implements StoreReading {
    public Managed {
      Objects.requireNonNull(history);
      Objects.requireNonNull(failure);
    }
  }

  /// A schema without a history of ours.
  ///
  /// @param others the histories of other tools that it has, to be adopted
  /// @param isEmpty whether it has no tables, views or sequences but those histories
  record Unmanaged(List<HistoryKind> others, boolean isEmpty) implements StoreReading {
    public Unmanaged {
      others = List.copyOf(others);
    }
  }

  /// There is no such schema, or no such database.
  record NotThere() implements StoreReading {}

  /// It cannot be read.
  record Unreadable(Problem problem) implements StoreReading {
    public Unreadable {
      Objects.requireNonNull(problem);
    }
  }
}
