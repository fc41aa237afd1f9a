package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import tranche.postgres.database.SqlWork;

/// Reads from the catalog in a transaction of its own or, where one is open, inside that one. The
/// session's settings are afterwards what they were.
final class CatalogReading {
  private static final int TRIES = 3;

  private static final String SETTINGS =
      """
      SET LOCAL search_path TO pg_catalog, pg_temp;
      SET LOCAL jit TO off;
      SET LOCAL lock_timeout TO '5s';
      SET LOCAL statement_timeout TO '60s'\
      """;

  private CatalogReading() {}

  static <T> T run(Connection connection, SqlWork<T> work) throws SQLException {
    return connection.getAutoCommit() ? alone(connection, work) : inside(connection, work);
  }

  /// Definitions are written by functions that look at the newest catalog, not at the statement's
  /// snapshot: an object that somebody drops meanwhile makes them fail, and the next try does not
  /// see it any more.
  private static <T> T alone(Connection connection, SqlWork<T> work) throws SQLException {
    SQLException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        return once(connection, work);
      } catch (SQLException e) {
        if (!isVanished(e)) {
          throw e;
        }
        last = e;
      }
    }
    throw last == null ? new SQLException("not tried") : last;
  }

  private static <T> T once(Connection connection, SqlWork<T> work) throws SQLException {
    connection.setAutoCommit(false);
    SQLException problem = null;
    try {
      T result = prepared(connection, work);
      connection.commit();
      return result;
    } catch (SQLException e) {
      problem = e;
      throw e;
    } finally {
      end(connection, problem);
    }
  }

  private static void end(Connection connection, @Nullable SQLException problem)
      throws SQLException {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      if (problem == null) {
        throw e;
      }
      problem.addSuppressed(e);
    }
  }

  /// Going back to the savepoint takes back the settings too; nothing else was changed.
  private static <T> T inside(Connection connection, SqlWork<T> work) throws SQLException {
    Savepoint before = connection.setSavepoint();
    T result = prepared(connection, work);
    connection.rollback(before);
    connection.releaseSavepoint(before);
    return result;
  }

  private static <T> T prepared(Connection connection, SqlWork<T> work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
    }
    return work.run(connection);
  }

  private static boolean isVanished(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.equals("XX000") || state.startsWith("42"));
  }
}
