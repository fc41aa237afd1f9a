package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.Problem;
import tranche.core.secret.Secret;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.StoreConnection;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.Login;
import tranche.postgres.database.Server;
import tranche.postgres.database.SslMode;
import tranche.postgres.testing.PostgresForTests;

/// A database of its own with stores in it.
final class Fleet {
  static final ChangeLimits HASTY =
      new ChangeLimits(Duration.ofMillis(150), 3, Duration.ofSeconds(20), 500);
  static final Duration LONG = Duration.ofMinutes(10);
  private static final AtomicInteger RUNS = new AtomicInteger(10_000_000);

  final DatabaseAccess database;
  final PostgresStoreAccess access;

  private Fleet(DatabaseAccess database, Collection<ForeignHistoryWriter> foreign) {
    this.database = database;
    this.access = new PostgresStoreAccess(_ -> database, foreign, RandomGenerator.getDefault());
  }

  /// A database with nothing in it.
  static Fleet fresh() throws SQLException {
    var server = PostgresForTests.address();
    String name = PostgresForTests.freshName("fleet");
    var fleet =
        new Fleet(
            access(server.host(), server.port(), name, new Login(server.user(), server.password())),
            List.of());
    try (Connection connection =
        Connector.open(
            fleet.database.address().sibling("postgres"), fleet.database.admin(), LONG)) {
      run(connection, "CREATE DATABASE " + name);
    }
    return fleet;
  }

  private static DatabaseAccess access(String host, int port, String name, Login login) {
    return new DatabaseAccess(
        new DatabaseId(name),
        new DatabaseAddress(new Server(host, port, SslMode.DISABLE), name),
        login,
        Optional.empty(),
        IfMissing.FAIL);
  }

  Fleet keeping(ForeignHistoryWriter... foreign) {
    return new Fleet(database, Arrays.asList(foreign));
  }

  Fleet as(String user, String password) {
    var server = database.address().server();
    return new Fleet(
        access(
            server.host(),
            server.port(),
            database.address().name(),
            new Login(user, Secret.of(password))),
        List.of());
  }

  Fleet at(int port) {
    return new Fleet(
        access("127.0.0.1", port, database.address().name(), database.admin()), List.of());
  }

  StoreId store(String schema) {
    return new StoreId(database.id(), schema);
  }

  /// A store with a schema and nothing in it.
  StoreId made(String schema) throws SQLException {
    run("CREATE SCHEMA \"" + schema.replace("\"", "\"\"") + "\"");
    return store(schema);
  }

  static RunId freshRun() {
    return new RunId("s-" + RUNS.incrementAndGet());
  }

  DatabaseDirectory directory() {
    return _ -> database;
  }

  /// The history of a store; the empty one if it has none.
  StoreHistory historyOrEmpty(StoreId store) {
    return reading(store) instanceof StoreReading.Managed ? history(store) : empty();
  }

  /// A run that may write for a long time.
  RunContext run() {
    return context(leased(LONG));
  }

  RunId leased(Duration lifetime) {
    RunId run = freshRun();
    access.lease(database.id(), run, lifetime);
    return run;
  }

  static RunContext context(RunId run) {
    return new RunContext(run, "nina", HASTY, List.of(), Map.of(), Map.of(), Hooks.NONE);
  }

  static RunContext with(RunContext context, CompiledCallback... callbacks) {
    Map<CallbackEvent, List<CompiledCallback>> byEvent =
        new java.util.EnumMap<>(CallbackEvent.class);
    for (CompiledCallback callback : callbacks) {
      byEvent
          .computeIfAbsent(callback.source().event(), _ -> new java.util.ArrayList<>())
          .add(callback);
    }
    return new RunContext(
        context.run(),
        context.person(),
        context.limits(),
        context.searchPath(),
        byEvent,
        context.tenants(),
        context.hooks());
  }

  StoreReading reading(StoreId store) {
    StoreReading reading = access.read(database.id(), List.of(store)).get(store);
    assertThat(reading).isNotNull();
    return reading;
  }

  StoreHistory history(StoreId store) {
    return switch (reading(store)) {
      case StoreReading.Managed(var history, _) -> history;
      case StoreReading.Unmanaged _ -> empty();
      case StoreReading other -> throw new AssertionError(other.toString());
    };
  }

  static StoreHistory empty() {
    return new StoreHistory(HistoryKind.TRANCHE, 0, List.of(), Optional.empty());
  }

  StoreTask.Apply task(StoreId store, CompiledMigration... migrations) {
    return new StoreTask.Apply(history(store), Arrays.asList(migrations));
  }

  StoreOutcome apply(StoreId store, CompiledMigration... migrations) {
    return apply(run(), store, migrations);
  }

  StoreOutcome apply(RunContext context, StoreId store, CompiledMigration... migrations) {
    try (StoreConnection connection = access.connect(database.id(), context)) {
      return connection.perform(store, task(store, migrations));
    }
  }

  StoreOutcome revert(StoreId store, String... versions) {
    List<MigrationKey> keys = Arrays.stream(versions).map(MigrationKey::parse).toList();
    try (StoreConnection connection = access.connect(database.id(), run())) {
      return connection.perform(store, new StoreTask.Revert(history(store), keys));
    }
  }

  static List<String> done(StoreOutcome outcome) {
    assertThat(outcome).isInstanceOf(StoreOutcome.Done.class);
    return ((StoreOutcome.Done) outcome).ran().stream().map(MigrationKey::text).toList();
  }

  static <P extends Problem> P problem(Class<P> type, StoreOutcome outcome) {
    assertThat(outcome).isInstanceOf(StoreOutcome.Failed.class);
    Problem problem = ((StoreOutcome.Failed) outcome).problem();
    assertThat(problem).as(problem.what()).isInstanceOf(type);
    return type.cast(problem);
  }

  /// What the histories say, one line per current row.
  String rows(StoreId store) throws SQLException {
    return ask(
        "SELECT coalesce(string_agg(key, ',' ORDER BY applied_at), '') FROM tranche.history"
            + " WHERE ended_at IS NULL AND target = '"
            + store.schema().replace("'", "''")
            + "'");
  }

  Connection connect() throws SQLException {
    return Connector.open(database.address(), database.admin(), LONG);
  }

  Connection connectTo(String otherDatabase) throws SQLException {
    return Connector.open(database.address().sibling(otherDatabase), database.admin(), LONG);
  }

  void run(String... statements) throws SQLException {
    try (Connection connection = connect()) {
      run(connection, statements);
    }
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  String ask(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return ask(connection, sql);
    }
  }

  static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).as(sql).isTrue();
      return String.valueOf(row.getString(1));
    }
  }
}
