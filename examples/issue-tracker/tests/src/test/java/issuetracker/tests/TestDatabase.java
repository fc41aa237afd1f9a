package issuetracker.tests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import issuetracker.instance.Database;
import issuetracker.instance.Password;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// A database of its own for a test, on one cluster per JVM. `tracker_owner` owns the tables and
/// has BYPASSRLS, as a migration runner does; `tracker_app` is who the application is: it can only
/// read and write rows.
final class TestDatabase {
  static final String APP_PASSWORD = "canary-7c1f-password";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres CLUSTER = start();

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  static TestDatabase create() throws SQLException {
    String name = "tracker_" + NUMBER.incrementAndGet();
    try (Connection connection = connect("postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " OWNER tracker_owner");
    }
    return new TestDatabase(name);
  }

  /// Makes a schema whose future tables the application may read and write.
  TestDatabase schema(String schema) throws SQLException {
    execute("CREATE SCHEMA " + schema);
    execute("GRANT USAGE ON SCHEMA " + schema + " TO tracker_app");
    execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA "
            + schema
            + " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tracker_app");
    return this;
  }

  /// Runs one migration in a schema as often as its phase says: a backfill until it changes no row.
  /// Returns how often it ran.
  int migrate(String schema, String file) throws SQLException {
    String sql = Releases.read(file);
    boolean repeats = sql.startsWith("-- tranche: phase=backfill");
    int runs = 1;
    while (runOnce(schema, sql) > 0 && repeats) {
      runs++;
    }
    return runs;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = asOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of the first row, as the owner, who sees all tenants; `null` when it is NULL.
  String query(String sql) throws SQLException {
    try (Connection connection = asOwner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    }
  }

  /// The same, with a schema as the search path.
  String queryIn(String schema, String sql) throws SQLException {
    try (Connection connection = asOwner()) {
      connection.setSchema(schema);
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
      }
    }
  }

  Connection asOwner() throws SQLException {
    return connect(name, "tracker_owner");
  }

  Connection asApplication() throws SQLException {
    return connect(name, "tracker_app");
  }

  /// The database as the instance file describes it.
  Database forInstance() {
    return new Database(
        "localhost",
        CLUSTER.getPort(),
        name,
        new Database.Login("tracker_app", new Password(APP_PASSWORD)),
        8);
  }

  private int runOnce(String schema, String sql) throws SQLException {
    try (Connection connection = asOwner();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL search_path TO " + schema);
      statement.execute(sql);
      int changed = Math.max(0, statement.getUpdateCount());
      connection.commit();
      return changed;
    }
  }

  private static Connection connect(String database, String user) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + CLUSTER.getPort() + "/" + database, user, APP_PASSWORD);
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres cluster =
          EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
      try (Connection connection = cluster.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE tracker_owner LOGIN BYPASSRLS");
        statement.execute("CREATE ROLE tracker_app LOGIN PASSWORD '" + APP_PASSWORD + "'");
        // Makes it certain who loses a deadlock: the one that looks for it first.
        statement.execute("ALTER ROLE tracker_app SET deadlock_timeout = '3s'");
        statement.execute("ALTER ROLE tracker_owner SET deadlock_timeout = '1min'");
      }
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
