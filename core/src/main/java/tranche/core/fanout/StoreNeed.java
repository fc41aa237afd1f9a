package tranche.core.fanout;

import java.util.List;
import java.util.Objects;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.Problem;
import tranche.core.release.SchemaVersion;

/// What a store needs to get where it was asked to be. It names no store: all stores with one
/// history share it.
public sealed interface StoreNeed {
  /// Nothing.
  ///
  /// @param version of the store
  /// @param isBeyond whether the store is past the version that was asked for; applying never goes
  ///   back
  record UpToDate(SchemaVersion version, boolean isBeyond) implements StoreNeed {
    public UpToDate {
      Objects.requireNonNull(version);
    }
  }

  /// To run these migrations, in this order.
  ///
  /// @param before the history that this was decided on
  /// @param migrations none only if the folder has callbacks that run also when there is nothing to
  ///   do
  /// @param reaches the version of the store afterwards
  record Migrations(StoreHistory before, List<SourceMigration> migrations, SchemaVersion reaches)
      implements StoreNeed {
    public Migrations {
      Objects.requireNonNull(before);
      migrations = List.copyOf(migrations);
      Objects.requireNonNull(reaches);
    }
  }

  /// To take these migrations back, in this order.
  ///
  /// @param before the history that this was decided on
  /// @param migrations the latest first
  /// @param loses what is lost by that, in a few words each
  record Undoing(StoreHistory before, List<MigrationKey> migrations, List<String> loses)
      implements StoreNeed {
    public Undoing {
      Objects.requireNonNull(before);
      migrations = List.copyOf(migrations);
      loses = List.copyOf(loses);
    }
  }

  /// Nothing may be done to it.
  record Refused(NeedProblem problem) implements StoreNeed {
    public Refused {
      Objects.requireNonNull(problem);
    }
  }

  /// There is no such store.
  record NotThere() implements StoreNeed {}

  /// It could not be read.
  record Unreadable(Problem problem) implements StoreNeed {
    public Unreadable {
      Objects.requireNonNull(problem);
    }
  }
}
