package tranche.postgres.onboard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.core.problem.ProblemException;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.schema.ChangeContext;
import tranche.engine.schema.SchemaDriver;
import tranche.postgres.adopt.OtherHistory;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.Databases;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.SqlState;
import tranche.postgres.database.Unreachable;
import tranche.postgres.onboard.OnboardProblem.DatabaseMissing;
import tranche.postgres.onboard.OnboardProblem.InProgress;
import tranche.postgres.onboard.OnboardProblem.NotOwned;
import tranche.postgres.onboard.OnboardProblem.PlaceInUse;
import tranche.postgres.schema.AdvisoryKey;
import tranche.postgres.schema.HistoryLayout;

/// Makes the stores of new tenants, empty and ready to be migrated.
///
/// A store that is being made says so in its schema's comment, from the transaction that creates
/// the schema until [#finish]. Whoever finds the mark goes on; whoever finds anything else that is
/// not empty leaves it alone. Every method may be called again after a crash at any point.
public final class NewStores {
  private static final RolloutId NO_ROLLOUT = new RolloutId("r-0");

  /// A history that was left behind by a schema of the same name does not describe the new one.
  private static final String FORGET =
      """
      UPDATE tranche.history SET ended_at = clock_timestamp(), ended_by = 'schema made anew'
        WHERE target = ? AND ended_at IS NULL;
      DELETE FROM tranche.progress WHERE target = ?;
      DELETE FROM tranche.store WHERE target = ?
      """;

  private static final String HOLDER =
      """
      SELECT coalesce(nullif(a.application_name, ''), 'a session') || ' since '
        || to_char(a.backend_start, 'HH24:MI:SS TZ') || ', server process ' || a.pid
      FROM pg_catalog.pg_locks l
      JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        AND l.classid = ((? >> 32) & 4294967295)::oid AND l.objid = (? & 4294967295)::oid
      """;

  private final Databases databases;
  private final SchemaDriver driver;

  /// Makes stores there, with the application's rights as that driver gives them.
  public NewStores(Databases databases, SchemaDriver driver) {
    this.databases = databases;
    this.driver = driver;
  }

  /// How much belongs to the tenant alone.
  public enum Whole {
    /// The schema.
    SCHEMA,
    /// The database with everything in it.
    DATABASE
  }

  /// What is in the place of the store now.
  ///
  /// @throws ProblemException if the server cannot be asked
  public Place look(StoreId store, Whole whole) {
    try {
      return databases.with(
          store.database(), connection -> new PlaceReader(connection, store).place(whole));
    } catch (ProblemException e) {
      if (Unreachable.isMissingDatabase(e)) {
        return new Place.NoDatabase();
      }
      throw e;
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  /// Creates the database if it is missing and may be created.
  ///
  /// @throws ProblemException [OnboardProblem.DatabaseMissing]; if the server refuses, another one
  public void ensureDatabase(StoreId store) {
    if (!(look(store, Whole.SCHEMA) instanceof Place.NoDatabase)) {
      return;
    }
    DatabaseAccess access = databases.access(store.database());
    requireCreatable(access);
    // From template0, because what somebody left in template1 would be copied into it.
    String sql =
        "CREATE DATABASE "
            + Identifier.quote(access.address().name())
            + " TEMPLATE template0 ENCODING 'UTF8'";
    try (Connection connection =
        databases.open(access.address().sibling("postgres"), access.admin())) {
      execute(connection, sql);
    } catch (SQLException e) {
      // Somebody else has just created it.
      if (SqlState.of(e) != SqlState.CATALOG_RACE) {
        throw Unreachable.connecting(store.database(), e);
      }
    }
  }

  /// Finds out whether a database that is missing may be created.
  ///
  /// @throws ProblemException [OnboardProblem.DatabaseMissing] if not
  public void requireCreatable(StoreId store) {
    requireCreatable(databases.access(store.database()));
  }

  private static void requireCreatable(DatabaseAccess access) {
    switch (access.ifMissing()) {
      case CREATE -> {
        // It may.
      }
      case FAIL -> throw new DatabaseMissing(access.id(), access.address().toString()).exception();
    }
  }

  /// Takes the lock under which the store is made. The database must be there.
  ///
  /// @throws ProblemException [OnboardProblem.InProgress] if somebody else has it
  public OnboardLock lock(StoreId store, String tenant) {
    DatabaseAccess access = databases.access(store.database());
    try {
      Connection connection = databases.open(access.address(), access.admin());
      try {
        requireLock(connection, store, tenant);
        return new OnboardLock(connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  private static void requireLock(Connection connection, StoreId store, String tenant)
      throws SQLException {
    long key = AdvisoryKey.ofMaking(store);
    String name = "tranche tenant add " + tenant;
    text(connection, "SELECT set_config('application_name', ?, false)", name);
    if ("f".equals(number(connection, "SELECT pg_try_advisory_lock(?)::text::char(1)", key))) {
      String who = number(connection, HOLDER, key);
      throw new InProgress(tenant, store, who == null ? "somebody else" : who).exception();
    }
  }

  /// Creates the schema with its mark, or marks one that is there and empty; prepares the history
  /// of the database. One that was begun for the same maker is as it should be.
  ///
  /// @param tenant who is added, for messages
  /// @param maker for whom the store is made, for its mark: `tenant acme`
  /// @throws ProblemException [OnboardProblem.PlaceInUse] or [OnboardProblem.NotOwned], and nothing
  ///   was changed
  public void create(StoreId store, String tenant, String maker, Whole whole) {
    try {
      boolean _ =
          databases.with(
              store.database(),
              connection -> {
                boolean _ = HistoryLayout.prepare(connection, store.database());
                connection.setAutoCommit(false);
                try {
                  createIn(connection, new Making(store, tenant, maker), whole);
                  connection.commit();
                } finally {
                  connection.rollback();
                  connection.setAutoCommit(true);
                }
                return true;
              });
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  private record Making(StoreId store, String tenant, String maker) {
    RuntimeException refused(String contents) {
      return new PlaceInUse(tenant, store, contents).exception();
    }
  }

  private void createIn(Connection connection, Making making, Whole whole) throws SQLException {
    StoreId store = making.store();
    var reader = new PlaceReader(connection, store);
    switch (reader.place(whole)) {
      case Place.Begun(var maker) when maker.equals(making.maker()) -> {
        // Somebody got as far as that before.
      }
      case Place.Begun(var maker) -> throw making.refused("been begun for " + maker);
      case Place.Used(var contents) -> throw making.refused(contents);
      case Place.NoSchema _ -> {
        execute(connection, "CREATE SCHEMA " + Identifier.quote(store.schema()));
        forget(connection, store);
        comment(connection, store, Mark.with(null, making.maker()));
      }
      case Place.Empty _, Place.NoDatabase _ -> mark(connection, reader, making);
    }
  }

  private void mark(Connection connection, PlaceReader reader, Making making) throws SQLException {
    StoreId store = making.store();
    PlaceReader.Schema schema = reader.schema().orElseThrow();
    if (!schema.isOurs()) {
      String admin = databases.access(store.database()).admin().user();
      throw new NotOwned(store, schema.owner(), admin).exception();
    }
    comment(connection, store, Mark.with(schema.comment(), making.maker()));
  }

  private static void forget(Connection connection, StoreId store) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      for (int i = 1; i <= 3; i++) {
        statement.setString(i, store.schema());
      }
      statement.execute();
    }
  }

  /// Gives the application its rights in the store, on everything that migrations will make there.
  ///
  /// @throws ProblemException with the reason; the store is unchanged then
  public void provision(StoreId store) {
    driver.provision(store, context(store, Optional.empty()));
  }

  /// Gives the store the history of another tool too, as a store of the same database has it.
  public void keepOtherHistory(StoreId store, StoreId like, HistoryKind kind) {
    String sql = String.join(";", OtherHistory.begin(kind, like, store));
    try {
      boolean _ =
          databases.with(
              store.database(),
              connection -> {
                execute(connection, sql);
                return true;
              });
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  /// On whose behalf the store is changed before any rollout knows it: with the fencing number that
  /// it has, so that every later rollout may go on.
  public ChangeContext context(StoreId store, Optional<RolloutId> rollout) {
    String sql = "SELECT max(epoch)::text FROM tranche.fence WHERE target = ?";
    try {
      String epoch =
          databases.with(
              store.database(),
              connection -> {
                String found = text(connection, sql, store.schema());
                return found == null ? "1" : found;
              });
      return new ChangeContext(rollout.orElse(NO_ROLLOUT), new Fence(Long.parseLong(epoch)));
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  /// Waits until everything that was done to the store is safe from a crash of the server: a commit
  /// that is safe makes all before it safe.
  public void secure(StoreId store) {
    String sql =
        "UPDATE tranche.store SET changed_at = clock_timestamp() WHERE target = ? RETURNING target";
    try {
      boolean _ =
          databases.with(
              store.database(), connection -> text(connection, sql, store.schema()) != null);
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  /// Takes the mark away: the store is a tenant's like every other.
  public void finish(StoreId store) {
    try {
      boolean _ =
          databases.with(
              store.database(),
              connection -> {
                Optional<PlaceReader.Schema> schema = new PlaceReader(connection, store).schema();
                if (schema.isPresent()) {
                  comment(connection, store, Mark.without(schema.get().comment()));
                }
                return true;
              });
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  private static void comment(Connection connection, StoreId store, @Nullable String comment)
      throws SQLException {
    String literal =
        comment == null ? "NULL" : text(connection, "SELECT quote_literal(?)", comment);
    execute(connection, "COMMENT ON SCHEMA " + Identifier.quote(store.schema()) + " IS " + literal);
  }

  private static @Nullable String text(Connection connection, String sql, String parameter)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      return first(statement);
    }
  }

  private static @Nullable String number(Connection connection, String sql, long parameter)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        statement.setLong(i, parameter);
      }
      return first(statement);
    }
  }

  private static @Nullable String first(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
