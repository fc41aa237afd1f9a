package issuetracker.store;

import issuetracker.instance.Placement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/// Runs work as one transaction of one tenant.
///
/// The first statement of the transaction sets `app.tenant` for this transaction only. Row level
/// security compares every row with it, and it is gone with the commit or rollback, so a pooled
/// connection never carries a tenant from one request to the next.
public final class Tenancy {
  private static final int ATTEMPTS = 3;
  private static final Set<String> DEADLOCK_OR_CONFLICT = Set.of("40P01", "40001");
  private static final String UNIQUE_VIOLATION = "23505";

  private final Databases databases;

  /// Transactions over these databases.
  public Tenancy(Databases databases) {
    this.databases = databases;
  }

  /// Runs the work and commits it. PostgreSQL ends one of several transactions that wait for each
  /// other; nothing of it is left, so it is run again, three times at most.
  ///
  /// @throws StoreException when it could not be committed; whether it was is then unknown only if
  ///   the connection broke during the commit
  public <T> T inTransaction(Placement placement, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(placement, work);
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !DEADLOCK_OR_CONFLICT.contains(state(e))) {
          throw new StoreException(kind(e), e);
        }
      }
    }
  }

  private <T> T once(Placement placement, Work<T> work) throws SQLException {
    try (Connection connection = databases.connect(placement.database())) {
      boolean committed = false;
      try {
        Session session = new Session(connection, placement);
        session.query(
            "SELECT set_config('app.tenant', ?, true)",
            row -> row.getString(1),
            placement.tenant());
        T result = work.run(session);
        connection.commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollBack(connection);
        }
      }
    }
  }

  private static void rollBack(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      connection.rollback();
    }
  }

  private static StoreException.Kind kind(SQLException e) {
    String state = state(e);
    if (state.equals(UNIQUE_VIOLATION)) {
      return StoreException.Kind.TAKEN;
    }
    // 08 connection, 40 conflict, 53 resources, 55 lock not available, 57 cancelled or shutting
    // down.
    boolean passing =
        e instanceof SQLTransientConnectionException
            || Set.of("08", "40", "53", "55", "57").contains(state.substring(0, 2));
    return passing ? StoreException.Kind.UNAVAILABLE : StoreException.Kind.BROKEN;
  }

  private static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() != 5 ? "XX000" : state;
  }

  /// Statements to run in one transaction. They may run more than once, so they have no effect
  /// outside the database.
  public interface Work<T> {
    /// Runs the statements.
    ///
    /// @throws SQLException as the driver throws it; the transaction is then rolled back
    T run(Session session) throws SQLException;
  }
}
