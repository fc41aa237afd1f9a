package tranche.postgres.structure;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.SqlState;

/// Runs the statements of a plan in a schema.
final class CopyRun {
  private CopyRun() {}

  /// What was refused while all others were run.
  record Refused(CopyStatement statement, SQLException error) {
    CopyGap gap() {
      return new CopyGap.NotCreated(statement.object(), SqlState.message(error));
    }
  }

  /// Makes that schema the place where unqualified names are created, until the transaction ends.
  /// The bodies of functions are not checked: they may name what is created after them.
  static void enter(Connection connection, String schema, Duration lockTimeout)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          SET LOCAL search_path TO %s, pg_catalog, pg_temp;
          SET LOCAL check_function_bodies TO off;
          SET LOCAL row_security TO off;
          SET LOCAL client_min_messages TO error;
          SET LOCAL lock_timeout TO %d;
          SET LOCAL statement_timeout TO '60s'\
          """
              .formatted(Identifier.quote(schema), lockTimeout.toMillis()));
    }
  }

  /// Runs all in as few round trips as possible; the first that fails ends it.
  ///
  /// @throws BatchUpdateException whose update counts say how many were run before
  static void all(Connection connection, List<CopyStatement> statements) throws SQLException {
    try (Statement batch = connection.createStatement()) {
      for (CopyStatement statement : statements) {
        batch.addBatch(sendable(statement.sql()));
      }
      batch.executeBatch();
    }
  }

  /// Runs all that can be run, each behind a savepoint. What fails is tried again as long as that
  /// brings any further.
  static List<Refused> each(Connection connection, List<CopyStatement> statements)
      throws SQLException {
    List<CopyStatement> left = List.copyOf(statements);
    while (true) {
      List<Refused> refused = once(connection, left);
      if (refused.isEmpty() || refused.size() == left.size()) {
        return refused;
      }
      left = refused.stream().map(Refused::statement).toList();
    }
  }

  private static List<Refused> once(Connection connection, List<CopyStatement> statements)
      throws SQLException {
    List<Refused> refused = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (CopyStatement next : statements) {
        Savepoint before = connection.setSavepoint();
        try {
          statement.execute(sendable(next.sql()));
        } catch (SQLException e) {
          connection.rollback(before);
          refused.add(new Refused(next, e));
        }
        connection.releaseSavepoint(before);
      }
    }
    return refused;
  }

  /// A body between BEGIN ATOMIC and END holds semicolons at which the driver would cut; as a text
  /// inside a block it stays whole.
  private static String sendable(String sql) {
    if (!sql.contains("BEGIN ATOMIC")) {
      return sql;
    }
    String tag = "copy";
    while (sql.contains("$" + tag + "$")) {
      tag += "_";
    }
    return "DO $" + tag + "$ BEGIN EXECUTE '" + sql.replace("'", "''") + "'; END $" + tag + "$";
  }
}
