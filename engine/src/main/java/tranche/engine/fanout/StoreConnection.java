package tranche.engine.fanout;

import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;

/// One connection to a database, used by one thread. A frozen process cannot do harm with it: every
/// transaction checks the run's lease, and whoever takes over ends the session that holds the lock.
public interface StoreConnection extends AutoCloseable {
  /// Does the task on one store: under the store's lock, with bounded waits, each migration exactly
  /// once also if the commit's answer was lost.
  StoreOutcome perform(StoreId store, StoreTask task);

  /// Whether it can be used again: false after the connection broke.
  boolean isUsable();

  /// Closes the connection; never throws.
  @Override
  void close();
}
