package tranche.engine.fanout;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;

/// How a fan-out reaches stores. One implementation talks to PostgreSQL, one lives in memory for
/// tests; both pass the same contract suite.
public interface StoreAccess {
  /// Reads the state of many stores of one database, some hundred per statement, a transaction
  /// each. Never throws for a store or database that is missing or unreadable: that is a reading
  /// too.
  Map<StoreId, StoreReading> read(DatabaseId database, Collection<StoreId> stores);

  /// Makes the database ready for a run: creates or upgrades the schema `tranche` and writes the
  /// run's lease. Called again before the lease ends, it renews the lease.
  ///
  /// @param lifetime how long the run may write from now on, by the database's clock
  /// @throws tranche.core.problem.ProblemException if the role lacks rights, the database cannot be
  ///   reached, or the lease has ended meanwhile
  void lease(DatabaseId database, RunId run, Duration lifetime);

  /// Ends the lease of a run that is over. Failing to do so costs nothing but time: it ends by
  /// itself.
  void release(DatabaseId database, RunId run);

  /// What the server of that database has room for.
  ServerRoom room(DatabaseId database);

  /// Opens one connection. The caller uses it from one thread and closes it.
  ///
  /// @throws tranche.core.problem.ProblemException if it cannot be had; the problem's kind says
  ///   whether for want of room
  StoreConnection connect(DatabaseId database, RunContext context);
}
