package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.SQLException;
import tranche.postgres.database.SqlWork;

/// Does work in a transaction of its own on a connection that is in none.
final class OwnTransaction {
  private OwnTransaction() {}

  /// Commits what the work did, or takes all of it back if it failed.
  ///
  /// @throws IllegalStateException if a transaction is open
  static <T> T run(Connection connection, SqlWork<T> work) throws SQLException {
    if (!connection.getAutoCommit()) {
      throw new IllegalStateException("a transaction is open");
    }
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.run(connection);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      leave(connection, e);
      throw e;
    }
    connection.setAutoCommit(true);
    return result;
  }

  private static void leave(Connection connection, Exception why) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }
}
