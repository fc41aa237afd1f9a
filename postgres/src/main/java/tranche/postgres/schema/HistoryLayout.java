package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tranche.core.fleet.DatabaseId;
import tranche.postgres.database.Unreachable;

/// The schema `tranche` that each database has: what was applied to which of its stores, and the
/// highest fencing number that each store has seen. The application's role has no right on it.
///
/// `target` is the name of the store's schema, not the name under which the configuration declares
/// the database: the history stays right when the configuration is renamed.
final class HistoryLayout {
  /// The schema that holds the history and therefore cannot be a store.
  static final String SCHEMA = "tranche";

  private static final int LATEST = 1;

  private static final String CREATE =
      """
      CREATE SCHEMA tranche;
      REVOKE ALL ON SCHEMA tranche FROM PUBLIC;
      CREATE TABLE tranche.layout (version integer NOT NULL);
      INSERT INTO tranche.layout VALUES (1);
      CREATE TABLE tranche.history (
        target text NOT NULL,
        version text NOT NULL,
        description text NOT NULL,
        checksum text NOT NULL,
        phase text NOT NULL,
        applied_at timestamptz NOT NULL,
        applied_by text NOT NULL,
        duration_ms bigint NOT NULL,
        rollout text NOT NULL,
        fence bigint NOT NULL,
        rows bigint NOT NULL,
        PRIMARY KEY (target, version));
      CREATE TABLE tranche.fence (target text PRIMARY KEY, epoch bigint NOT NULL)
      """;

  private HistoryLayout() {}

  /// Whether the database has the history.
  ///
  /// @throws tranche.core.problem.ProblemException if a later Tranche has made it
  static boolean isThere(Connection connection, DatabaseId database) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!isTrue(statement, "SELECT to_regclass('tranche.layout') IS NOT NULL")) {
        return false;
      }
      try (ResultSet row = statement.executeQuery("SELECT max(version) FROM tranche.layout")) {
        row.next();
        requireKnown(row.getInt(1), database);
        return true;
      }
    }
  }

  private static boolean isTrue(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void requireKnown(int version, DatabaseId database) {
    if (version > LATEST) {
      throw Unreachable.unfit(
          database,
          "its history has layout " + version + ", this Tranche knows layouts up to " + LATEST);
    }
  }

  /// Creates the history, in the transaction that is open.
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
    }
  }
}
