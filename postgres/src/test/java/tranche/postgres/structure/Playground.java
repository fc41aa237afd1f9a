package tranche.postgres.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import tranche.postgres.database.Identifier;
import tranche.postgres.testing.PostgresForTests;

/// A database of its own, filled with schemas that hold a bit of everything.
final class Playground implements AutoCloseable {
  /// Runs the tests against another server, given as host:port of one that trusts everybody.
  private static final String OTHER = System.getProperty("tranche.test.server", "");

  final Connection connection;
  private final String database;

  private Playground(String database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  static Playground fresh() throws SQLException {
    String name = PostgresForTests.freshName("structures");
    try (Connection admin = connect("postgres")) {
      run(admin, "DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name);
    }
    return new Playground(name, connect(name));
  }

  Connection another() throws SQLException {
    return connect(database);
  }

  private static Connection connect(String database) throws SQLException {
    Properties login = new Properties();
    if (!OTHER.isEmpty()) {
      login.setProperty("user", "postgres");
      return DriverManager.getConnection("jdbc:postgresql://" + OTHER + "/" + database, login);
    }
    var address = PostgresForTests.address();
    login.setProperty("user", address.user());
    login.setProperty("password", address.password().reveal());
    return DriverManager.getConnection(
        "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + database, login);
  }

  void run(String... statements) throws SQLException {
    run(connection, statements);
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).as(sql).isTrue();
      return String.valueOf(row.getString(1));
    }
  }

  int version() throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion();
  }

  /// Creates a schema and runs the statements with it as the search path.
  void store(String schema, String... statements) throws SQLException {
    run("CREATE SCHEMA " + Identifier.quote(schema));
    in(schema, statements);
  }

  void in(String schema, String... statements) throws SQLException {
    run("SET search_path TO " + Identifier.quote(schema));
    run(statements);
    run("RESET search_path");
  }

  /// Creates that many schemas named prefix0, prefix1, ... with five tables each.
  List<String> stores(String prefix, int count) throws SQLException {
    List<String> names = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    connection.setAutoCommit(false);
    for (String name : names) {
      store(name, Samples.FIVE_TABLES);
      connection.commit();
    }
    connection.setAutoCommit(true);
    return names;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    try (Connection admin = connect("postgres")) {
      run(admin, "DROP DATABASE " + database + " WITH (FORCE)");
    }
  }
}
