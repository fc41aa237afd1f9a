package tranche.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.postgresql.util.PSQLException;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.release.Migration;
import tranche.core.release.PreflightCheck;
import tranche.core.release.ProcessArtifact;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaChange;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaRange;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.RolloutId;
import tranche.core.secret.Secret;
import tranche.engine.journal.Fence;
import tranche.engine.schema.ChangeContext;
import tranche.postgres.database.ApplicationAccess;
import tranche.postgres.database.ConnectionLimits;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.Databases;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.Login;
import tranche.postgres.database.Server;
import tranche.postgres.database.SslMode;
import tranche.postgres.testing.PostgresForTests;

/// A database of its own with a driver over it.
final class World implements AutoCloseable {
  static final LockPatience HASTY =
      new LockPatience(Duration.ofMillis(150), 3, Duration.ofMillis(20));
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final DatabaseAccess SHARED = freshAccess();

  final DatabaseAccess access;
  final Databases databases;
  final SchemaSettings settings;
  final PostgresSchemaDriver driver;

  private World(DatabaseAccess access, SchemaSettings settings) {
    this.access = access;
    this.databases =
        new Databases(_ -> access, new ConnectionLimits(4, 16, Duration.ofSeconds(10), SILENCE));
    this.settings = settings;
    this.driver = new PostgresSchemaDriver(databases, settings, new Random(1));
  }

  /// A database that does not exist yet.
  static World fresh(Path backups) {
    return new World(freshAccess(), SchemaSettings.in(backups).with(HASTY));
  }

  /// The database that the tests of this JVM share, one after the other, with nothing in it.
  static World clean(Path backups) throws SQLException {
    var world = new World(SHARED, SchemaSettings.in(backups).with(HASTY));
    if (world.version(world.store("acme")).equals("absent")) {
      world.provisioned("acme");
    }
    world.run(
        """
        DO $$ DECLARE schema_name text; BEGIN
          FOR schema_name IN SELECT target FROM tranche.fence LOOP
            EXECUTE format('DROP SCHEMA %I CASCADE', schema_name);
          END LOOP;
          DELETE FROM tranche.fence;
          DELETE FROM tranche.history;
          DELETE FROM tranche.store;
        END $$\
        """);
    return world;
  }

  static DatabaseAccess freshAccess() {
    String name = PostgresForTests.freshName("world");
    var address = PostgresForTests.address();
    return new DatabaseAccess(
        new DatabaseId(name),
        new DatabaseAddress(new Server(address.host(), address.port(), SslMode.DISABLE), name),
        new Login(address.user(), address.password()),
        new ApplicationAccess(new Login(name + "_app", Secret.of("secret of " + name)), 4),
        IfMissing.CREATE);
  }

  World with(UnaryOperator<SchemaSettings> change) {
    return new World(access, change.apply(settings));
  }

  World reachedBy(UnaryOperator<DatabaseAccess> change) {
    return new World(change.apply(access), settings);
  }

  /// The same database, the admin being another role.
  World adminBeing(String user, String password) {
    return reachedBy(a ->
        new DatabaseAccess(
            a.id(),
            a.address(),
            new Login(user, Secret.of(password)),
            a.application(),
            a.ifMissing()));
  }

  World at(String host, int port) {
    return reachedBy(a ->
        new DatabaseAccess(
            a.id(),
            new DatabaseAddress(new Server(host, port, SslMode.DISABLE), a.address().name()),
            a.admin(),
            a.application(),
            a.ifMissing()));
  }

  StoreId store(String schema) {
    return new StoreId(access.id(), schema);
  }

  /// A store that is provisioned.
  StoreId provisioned(String schema) {
    driver.provision(store(schema), context(1));
    return store(schema);
  }

  static ChangeContext context(long epoch) {
    return new ChangeContext(new RolloutId("r-1"), new Fence(epoch));
  }

  static Migration expand(String version, String sql) {
    return migration(version, SchemaPhase.EXPAND, sql);
  }

  static Migration backfill(String version, String sql) {
    return migration(version, SchemaPhase.BACKFILL, sql);
  }

  private static Migration migration(String version, SchemaPhase phase, String sql) {
    return new Migration(new SchemaVersion(version), "a change", phase, sql, sha256(sql));
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Release release(List<PreflightCheck> checks, String... touches) {
    var version = new SchemaVersion("1");
    return Release.of(
        new ReleaseId("2026.11"),
        "4.19.0",
        new ProcessArtifact("folder", List.of(), List.of("true"), "/ready"),
        new SchemaChange(
            new SchemaRange(version, version), version, List.of(), checks, List.of(touches)));
  }

  String migrate(StoreId store, Migration migration) {
    return driver.migrate(store, migration, context(1));
  }

  String version(StoreId store) {
    var versions = driver.versions(List.of(store));
    return versions.containsKey(store) ? versions.get(store).value() : "absent";
  }

  Connection connect() throws SQLException {
    return databases.open(access.address(), access.admin());
  }

  Connection connectAsApplication() throws SQLException {
    return databases.open(access.address(), access.requireApplication().login());
  }

  Connection connectAsServerAdmin() throws SQLException {
    var address = PostgresForTests.address();
    return databases.open(
        access.address().sibling("postgres"), new Login(address.user(), address.password()));
  }

  void run(String... statements) throws SQLException {
    try (var connection = connect()) {
      run(connection, statements);
    }
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  String ask(String sql) throws SQLException {
    try (var connection = connect()) {
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

  static <P extends Problem> P problem(Class<P> type, ThrowingCallable call) {
    var thrown = catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown).as("no problem was thrown").isNotNull();
    assertThat(thrown.problem()).isInstanceOf(type);
    return type.cast(thrown.problem());
  }

  static String refusal(Connection connection, String sql) {
    var thrown = catchThrowableOfType(PSQLException.class, () -> run(connection, sql));
    assertThat((Throwable) thrown).as("'%s' was allowed", sql).isNotNull();
    return String.valueOf(thrown.getSQLState());
  }

  static String lines(String... lines) {
    return String.join("\n", Arrays.asList(lines));
  }

  @Override
  public void close() {
    databases.close();
  }
}
