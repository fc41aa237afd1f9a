package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import tranche.postgres.database.SqlWork;

/// Does work that runs somebody's SQL, and afterwards makes the session as new: settings, temporary
/// tables, roles and session locks that the SQL left behind must not reach the next store.
final class SessionReset {
  private SessionReset() {}

  static <T> T after(Connection connection, SqlWork<T> work) throws SQLException {
    T result;
    try {
      result = work.run(connection);
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
        discard(connection);
      } catch (SQLException also) {
        e.addSuppressed(also);
        drop(connection, e);
      }
      throw e;
    }
    try {
      discard(connection);
    } catch (SQLException e) {
      // The work has committed; that its session cannot be used again must not make a failure of
      // it.
      drop(connection, e);
    }
    return result;
  }

  private static void discard(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DISCARD ALL");
    }
  }

  private static void drop(Connection connection, Exception why) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }
}
