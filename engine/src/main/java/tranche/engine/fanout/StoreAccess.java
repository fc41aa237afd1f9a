package tranche.engine.fanout;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;

/// How a fan-out reaches stores. One implementation talks to PostgreSQL, one lives in memory for
/// tests; both pass the same contract suite.
///
/// Every method may be called from several threads at once. All but [#connect(DatabaseId,
/// RunContext)] use one connection to the server at most, and are done with it before they return.
/// There is at most one connection more than are in use: one may be kept for whoever comes next. A
/// fan-out counts on that where it promises never to have more connections than it may.
public interface StoreAccess {
  /// Reads the state of many stores of one database, 500 per statement, a transaction each. Has an
  /// answer for each store. Never throws for a store or database that is missing or unreadable:
  /// that is a reading too.
  Map<StoreId, StoreReading> read(DatabaseId database, Collection<StoreId> stores);

  /// Those of these stores that are there and have no tables, views or sequences, also none with
  /// the history of another tool. One statement for thousands of them.
  ///
  /// @throws tranche.core.problem.ProblemException if the database cannot be read
  Set<StoreId> empty(DatabaseId database, Collection<StoreId> stores);

  /// What the histories of these stores keep to take their migrations back, the latest first.
  /// Stores without a history of ours are left out.
  ///
  /// @throws tranche.core.problem.ProblemException if the database cannot be read
  Map<StoreId, List<KeptUndo>> undos(DatabaseId database, Collection<StoreId> stores);

  /// Makes the database ready for a run: creates or upgrades the schema `tranche` and writes the
  /// run's lease. Called again before the lease ends, it renews the lease.
  ///
  /// @param lifetime how long the run may write from now on, by the database's clock
  /// @throws tranche.core.problem.ProblemException if the role lacks rights, the database cannot be
  ///   reached ([StoreProblem.ConnectionLost] or [StoreProblem.NoConnectionFree] if that may pass),
  ///   or the lease has ended meanwhile ([StoreProblem.LeaseEnded])
  void lease(DatabaseId database, RunId run, Duration lifetime);

  /// Ends the lease of a run that is over. Failing to do so costs nothing but time: it ends by
  /// itself. Never throws.
  void release(DatabaseId database, RunId run);

  /// What the server of that database has room for.
  ///
  /// @throws tranche.core.problem.ProblemException if it cannot be asked
  ServerRoom room(DatabaseId database);

  /// Opens one connection. The caller uses it from one thread and closes it.
  ///
  /// @throws tranche.core.problem.ProblemException if it cannot be had: for want of room
  ///   [StoreProblem.NoConnectionFree], if it may pass [StoreProblem.ConnectionLost]
  StoreConnection connect(DatabaseId database, RunContext context);

  /// Closes what is kept open for whoever comes next. Needed when nobody comes for now; whoever
  /// comes later connects anew. Never throws.
  void disconnect();
}
