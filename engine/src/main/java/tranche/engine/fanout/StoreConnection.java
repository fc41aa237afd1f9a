package tranche.engine.fanout;

import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;

/// One connection to a database, used by one thread. A frozen process cannot do harm with it: every
/// transaction checks the run's lease, and whoever takes over ends the session that holds the lock.
public interface StoreConnection extends AutoCloseable {
  /// Does the task on one store: under the store's lock, with bounded waits, each migration exactly
  /// once also if the commit's answer was lost. A store whose schema is no longer there has moved.
  /// Never throws for what goes wrong with the store: that is an outcome, and one that may pass has
  /// a [StoreProblem].
  StoreOutcome perform(StoreId store, StoreTask task);

  /// Asks the server to end the statement that is running, if one is; the store's outcome is then a
  /// failure. The only method that is called from another thread. Never throws.
  void cancel();

  /// Whether it can be used again: false after the connection broke.
  boolean isUsable();

  /// Closes the connection; never throws.
  @Override
  void close();
}
