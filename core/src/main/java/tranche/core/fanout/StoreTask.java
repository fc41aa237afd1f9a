package tranche.core.fanout;

import java.util.List;
import java.util.Objects;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;

/// What is to be done to one store. Stores with equal histories share one task.
public sealed interface StoreTask {
  /// Run these migrations, in this order.
  ///
  /// @param before what the store's history must still be when the first one begins
  record Apply(StoreHistory before, List<CompiledMigration> migrations) implements StoreTask {
    public Apply {
      Objects.requireNonNull(before);
      migrations = List.copyOf(migrations);
    }
  }

  /// Take these migrations back, in this order (the latest first), by what the store's history
  /// keeps for each.
  record Revert(StoreHistory before, List<MigrationKey> migrations) implements StoreTask {
    public Revert {
      Objects.requireNonNull(before);
      migrations = List.copyOf(migrations);
    }
  }
}
