package tranche.app.schema;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.EmbeddedSettings;
import tranche.postgres.embedded.ServerAddress;
import tranche.testkit.ForThisJvm;

/// The one server that all tests of this JVM share, and databases of their own on it. The server is
/// stopped and its folder removed when the JVM ends.
public final class TestServer {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestServer() {}

  private static final class Holder {
    static final ForThisJvm<EmbeddedPostgres> SERVER =
        ForThisJvm.start(
            "tranche-app-tests",
            folder -> EmbeddedPostgres.start(EmbeddedSettings.in(folder.resolve("postgres"))),
            EmbeddedPostgres::stop);
    static final String SHARED = shared();

    private static String shared() {
      try (Connection connection =
              DriverManager.getConnection(
                  SERVER.running().address().jdbcUrl("postgres"),
                  SERVER.running().address().user(),
                  SERVER.running().address().password().reveal());
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE app");
        return "app";
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public static ServerAddress address() {
    return Holder.SERVER.running().address();
  }

  /// The folder that has the embedded server, as a data folder has it.
  public static Path dataFolder() {
    return Holder.SERVER.folder();
  }

  /// A database with nothing in it. There is one for all tests, which run one after the other: to
  /// make and remove the files of a database takes longer than most of them.
  public static String emptied() {
    String name = Holder.SHARED;
    run(
        name,
        """
        DO $$ DECLARE s text; BEGIN
          FOR s IN SELECT nspname FROM pg_namespace
              WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public') LOOP
            EXECUTE format('DROP SCHEMA %I CASCADE', s);
          END LOOP;
        END $$
        """);
    return name;
  }

  /// A database that no other test has.
  public static String database() {
    String name = "app_" + NAMES.incrementAndGet();
    run("postgres", "CREATE DATABASE " + name);
    return name;
  }

  public static String url(String database) {
    return "postgresql://%s@%s:%d/%s?sslmode=disable"
        .formatted(address().user(), address().host(), address().port(), database);
  }

  public static void run(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        address().jdbcUrl(database), address().user(), address().password().reveal());
  }

  /// The first column of the answer.
  public static List<String> ask(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
