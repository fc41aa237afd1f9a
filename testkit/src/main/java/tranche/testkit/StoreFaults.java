package tranche.testkit;

import java.time.Duration;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationKey;

/// What goes wrong in an [InMemoryStoreAccess]. Asked from several threads at once.
public interface StoreFaults {
  /// Nothing ever goes wrong.
  StoreFaults NONE = (_, _) -> new Fault.None();

  /// What happens when that migration is about to run, or to be taken back, on that store.
  Fault at(StoreId store, MigrationKey migration);

  /// Whether that database gives a connection; false for want of room.
  default boolean givesConnection(DatabaseId database) {
    return true;
  }

  /// Whether leases can be taken and renewed in that database.
  default boolean givesLease(DatabaseId database) {
    return true;
  }

  /// One thing that goes wrong.
  sealed interface Fault {
    /// Nothing.
    record None() implements Fault {}

    /// The database refuses the statement.
    record Refused(String message) implements Fault {}

    /// The connection breaks before the commit.
    record BrokenBefore() implements Fault {}

    /// The connection breaks after the commit, before the answer.
    record BrokenAfter() implements Fault {}

    /// Somebody holds the store's lock.
    record Busy() implements Fault {}

    /// Somebody else applies the migration first.
    record Overtaken() implements Fault {}

    /// The schema is dropped.
    record Dropped() implements Fault {}

    /// The run's lease ends.
    record LeaseEnds() implements Fault {}

    /// It takes that long, or until it is cancelled.
    record Slow(Duration time) implements Fault {}
  }
}
