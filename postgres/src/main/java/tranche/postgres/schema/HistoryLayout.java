package tranche.postgres.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tranche.core.fleet.DatabaseId;
import tranche.postgres.database.Unreachable;

/// The schema `tranche` that each database has: what was applied to which of its stores, where each
/// store stands, who may write, and the functions that open and close a change. The application's
/// role has no right on it.
///
/// `target` is the name of the store's schema, not the name under which the configuration declares
/// the database: the history stays right when the configuration is renamed.
///
/// Two processes may prepare one database at once: under the database's lock the second finds the
/// work of the first. All of it is one transaction, so nothing is ever half made.
public final class HistoryLayout {
  /// The schema that holds the history and therefore cannot be a store.
  public static final String SCHEMA = "tranche";

  /// The layout that this Tranche works with.
  public static final int LATEST = 2;

  /// Which functions this Tranche calls: raised with every change of them. An older Tranche leaves
  /// later functions alone; where it could not work with them, the layout is raised too.
  static final int FUNCTIONS = 3;

  private static final String DROP_FUNCTIONS =
      """
      DO $$ DECLARE f regprocedure; BEGIN
        FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'tranche'::regnamespace LOOP
          EXECUTE format('DROP FUNCTION %s', f);
        END LOOP;
      END $$\
      """;

  private HistoryLayout() {}

  /// Which layout the database has; 0 if none.
  ///
  /// @throws tranche.core.problem.ProblemException if a later Tranche has made it
  public static int version(Connection connection, DatabaseId database) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!isTrue(statement, "SELECT to_regclass('tranche.layout') IS NOT NULL")) {
        return 0;
      }
      try (ResultSet row = statement.executeQuery("SELECT max(version) FROM tranche.layout")) {
        row.next();
        requireKnown(row.getInt(1), database);
        return row.getInt(1);
      }
    }
  }

  /// Whether there is nothing to do.
  ///
  /// @throws tranche.core.problem.ProblemException if a later Tranche has made it
  static boolean isUpToDate(Connection connection, DatabaseId database) throws SQLException {
    return version(connection, database) == LATEST && functions(connection) >= FUNCTIONS;
  }

  // Said by a comment, so that a layout has it or not without being another one.
  private static int functions(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT substring(obj_description('tranche.layout'::regclass, 'pg_class')"
                    + " FROM '^functions ([0-9]{1,6})$')::integer")) {
      row.next();
      return row.getInt(1);
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

  /// Creates the layout or brings it up to date, in a transaction of its own.
  ///
  /// @param connection without an open transaction
  /// @return whether there was anything to do
  public static boolean prepare(Connection connection, DatabaseId database) throws SQLException {
    if (isUpToDate(connection, database)) {
      return false;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '10s'");
      statement.execute("SELECT pg_advisory_xact_lock(" + AdvisoryKey.ofDatabase() + ")");
      bringUpToDate(connection, database);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
    return true;
  }

  /// Creates the layout or brings it up to date, in the transaction that is open and that holds the
  /// database's lock.
  static void bringUpToDate(Connection connection, DatabaseId database) throws SQLException {
    switch (version(connection, database)) {
      case 0 -> create(connection);
      case 1 -> run(connection, "upgrade-1", "layout-2-more", "functions", "upgrade-1-rows");
      default -> renewFunctions(connection);
    }
  }

  private static void renewFunctions(Connection connection) throws SQLException {
    if (functions(connection) < FUNCTIONS) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(DROP_FUNCTIONS);
      }
      run(connection, "functions");
    }
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (isTrue(statement, "SELECT to_regnamespace('tranche') IS NULL")) {
        statement.execute("CREATE SCHEMA tranche");
      }
    }
    run(connection, "layout-2", "layout-2-more", "functions");
  }

  private static void run(Connection connection, String... scripts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("REVOKE ALL ON SCHEMA tranche FROM PUBLIC");
      for (String script : scripts) {
        statement.execute(text(script));
      }
      statement.execute("COMMENT ON TABLE tranche.layout IS 'functions " + FUNCTIONS + "'");
    }
  }

  private static String text(String script) {
    try (InputStream in = HistoryLayout.class.getResourceAsStream(script + ".sql")) {
      if (in == null) {
        throw new IllegalStateException(script + ".sql is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
