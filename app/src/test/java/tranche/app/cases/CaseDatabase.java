package tranche.app.cases;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import tranche.app.schema.TestServer;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.postgres.adopt.ForeignTables;
import tranche.postgres.adopt.Writers;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.Login;
import tranche.postgres.database.Server;
import tranche.postgres.database.SslMode;
import tranche.postgres.fanout.PostgresStoreAccess;

/// The database of one case.
final class CaseDatabase implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final AtomicInteger NAMES = new AtomicInteger();

  final DatabaseAccess address;
  final PostgresStoreAccess access;
  private final Connection connection;

  private CaseDatabase(DatabaseAccess address, Connection connection) {
    this.address = address;
    this.connection = connection;
    this.access =
        new PostgresStoreAccess(
            directory(), Writers.of(ForeignTables.ORDINARY), RandomGenerator.getDefault());
  }

  /// A new one with empty schemas of these names.
  static CaseDatabase fresh(List<String> schemas) throws SQLException {
    var server = TestServer.address();
    String name = "case_" + NAMES.incrementAndGet();
    var address =
        new DatabaseAccess(
            new DatabaseId("db"),
            new DatabaseAddress(new Server(server.host(), server.port(), SslMode.DISABLE), name),
            new Login(server.user(), server.password()),
            Optional.empty(),
            IfMissing.FAIL);
    try (Connection admin =
        Connector.open(address.address().sibling("postgres"), address.admin(), SILENCE)) {
      execute(admin, "CREATE DATABASE " + name);
    }
    var database = new CaseDatabase(address, open(address, "case"));
    for (String schema : schemas) {
      database.run("CREATE SCHEMA " + Identifier.quote(schema));
    }
    return database;
  }

  DatabaseDirectory directory() {
    return _ -> address;
  }

  StoreId store(String schema) {
    return new StoreId(address.id(), schema);
  }

  /// A further connection; the caller closes it.
  Connection open(String name) throws SQLException {
    return open(address, name);
  }

  private static Connection open(DatabaseAccess address, String name) throws SQLException {
    return Connector.openPlain(address.address(), address.admin(), SILENCE, name);
  }

  void run(String sql) throws SQLException {
    execute(connection, sql);
  }

  /// Runs it with a store's search path.
  void runIn(String schema, String sql) throws SQLException {
    execute(connection, enter(schema));
    execute(connection, sql);
    execute(connection, "RESET search_path");
  }

  static String enter(String schema) {
    return "SET search_path = " + Identifier.quote(schema) + ", pg_temp;";
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /// The rows of a query in a store, columns with `|` between.
  List<String> rowsIn(String schema, String sql) throws SQLException {
    execute(connection, enter(schema));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> line = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          line.add(String.valueOf(rows.getString(i)));
        }
        lines.add(String.join(" | ", line));
      }
      return lines;
    } finally {
      execute(connection, "RESET search_path");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    try (Connection admin =
        Connector.open(address.address().sibling("postgres"), address.admin(), SILENCE)) {
      execute(admin, "DROP DATABASE " + address.address().name() + " WITH (FORCE)");
    }
  }
}
