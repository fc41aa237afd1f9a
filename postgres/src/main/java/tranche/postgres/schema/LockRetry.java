package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.postgresql.PGConnection;
import tranche.core.fleet.StoreId;
import tranche.engine.schema.SchemaProblem.LockTimeout;
import tranche.postgres.database.Databases;
import tranche.postgres.database.SqlState;
import tranche.postgres.database.SqlWork;
import tranche.postgres.database.Unreachable;

/// Tries a transaction again when it got no lock, or when nobody knows whether it committed. What
/// is tried must find out by itself that it has happened already.
///
/// In the last try somebody watches who holds the lock, so that the problem can name them.
final class LockRetry {
  private static final int MOST_DOUBLINGS = 3;

  private final Databases databases;
  private final LockPatience patience;
  private final RandomGenerator random;

  LockRetry(Databases databases, LockPatience patience, RandomGenerator random) {
    this.databases = databases;
    this.patience = patience;
    this.random = random;
  }

  /// Does the work, several times if need be.
  ///
  /// @param what named in the problem
  /// @throws tranche.core.problem.ProblemException [LockTimeout] when the last try got no lock
  /// @throws SQLException any other error of the work
  <T> T run(StoreId store, String what, SqlWork<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      boolean isLast = attempt == patience.tries();
      try {
        return isLast ? lastTry(store, what, work) : databases.with(store.database(), work);
      } catch (SQLException e) {
        if (isLast || !canBeTriedAgain(e)) {
          throw e;
        }
        pause(store, attempt);
      }
    }
  }

  private static boolean canBeTriedAgain(SQLException error) {
    return error instanceof CommitUnknown || SqlState.of(error) == SqlState.LOCK;
  }

  private <T> T lastTry(StoreId store, String what, SqlWork<T> work) throws SQLException {
    return databases.with(store.database(), connection -> watched(store, what, work, connection));
  }

  private <T> T watched(StoreId store, String what, SqlWork<T> work, Connection connection)
      throws SQLException {
    int pid = connection.unwrap(PGConnection.class).getBackendPID();
    Duration interval = patience.timeout().dividedBy(10).plusMillis(5);
    try (var watch =
        new BlockerWatch(databases, databases.access(store.database()), pid, interval)) {
      try {
        return work.run(connection);
      } catch (SQLException e) {
        if (SqlState.of(e) != SqlState.LOCK) {
          throw e;
        }
        throw new LockTimeout(store, what, tried() + watch.blockers()).exception();
      }
    }
  }

  private String tried() {
    return patience.tries() + " tries of " + patience.timeout().toMillis() + " ms; ";
  }

  private void pause(StoreId store, int attempt) {
    long most = patience.pause().toNanos() << Math.min(attempt - 1, MOST_DOUBLINGS);
    long nanos = most / 2 + (most > 1 ? random.nextLong(most / 2 + 1) : 0);
    long until = System.nanoTime() + nanos;
    while (until - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, until - System.nanoTime());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw Unreachable.interrupted(store.database(), "waiting to try again");
    }
  }

  /// What went wrong, if it is a lost connection rather than the fault of a statement.
  static Optional<RuntimeException> lost(StoreId store, SQLException error) {
    return switch (SqlState.of(error)) {
      case CONNECTION, REFUSED, NO_DATABASE ->
          Optional.of(Unreachable.connecting(store.database(), error));
      case LOCK, NO_TABLE, STATEMENT_TIMEOUT, NOT_IN_TRANSACTION, CATALOG_RACE, STATEMENT ->
          Optional.empty();
    };
  }
}
