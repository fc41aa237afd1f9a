package tranche.postgres.control;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.EmbeddedSettings;
import tranche.testkit.ForThisJvm;

/// Databases on one real server per JVM, which ends with the JVM.
final class Databases {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Databases() {}

  /// Begun when it is first asked for.
  private static final class Server {
    static final EmbeddedPostgres RUNNING =
        ForThisJvm.start(
                "tranche-control-test",
                folder -> EmbeddedPostgres.start(EmbeddedSettings.in(folder.resolve("pg"))),
                EmbeddedPostgres::stop)
            .running();
    static final String TEMPLATE = template();

    private Server() {}

    private static String template() {
      create("control_template", "template0");
      ControlStore.open(settings(RUNNING, "control_template")).close();
      return "control_template";
    }

    private static void create(String name, String template) {
      execute(settings(RUNNING, "postgres"), "CREATE DATABASE " + name + " TEMPLATE " + template);
    }
  }

  private static ControlStoreSettings settings(EmbeddedPostgres server, String name) {
    var address = server.address();
    return new ControlStoreSettings(
        address.jdbcUrl(name), address.user(), address.password(), 10, Duration.ofSeconds(5));
  }

  /// A database with nothing in it.
  static ControlStoreSettings empty() {
    String name = "empty_" + COUNT.incrementAndGet();
    Server.create(name, "template0");
    return settings(Server.RUNNING, name);
  }

  /// A control database of the current version with nothing in it.
  static ControlStoreSettings fresh() {
    String name = "control_" + COUNT.incrementAndGet();
    Server.create(name, Server.TEMPLATE);
    return settings(Server.RUNNING, name);
  }

  static void drop(ControlStoreSettings database) {
    String name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
    execute(settings(Server.RUNNING, "postgres"), "DROP DATABASE " + name + " WITH (FORCE)");
  }

  static int port() {
    return Server.RUNNING.address().port();
  }

  static Connection connect(ControlStoreSettings database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.user(), database.password().reveal());
  }

  static void execute(ControlStoreSettings database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  static String ask(ControlStoreSettings database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no row: " + sql);
      }
      return String.valueOf(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
