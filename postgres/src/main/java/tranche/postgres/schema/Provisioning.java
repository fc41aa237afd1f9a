package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.engine.schema.ChangeContext;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.Databases;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.SqlState;
import tranche.postgres.database.Unreachable;

/// Makes a store: its database, the application's role, the history, and the schema with exactly
/// the rights that the application needs. Each part looks first whether it is there.
final class Provisioning {
  private static final String WANTED =
      """
      SELECT has_database_privilege('public', current_database(), 'CONNECT')
          OR has_database_privilege('public', current_database(), 'TEMP'),
        has_database_privilege(?, current_database(), 'CONNECT'),
        EXISTS (SELECT FROM pg_namespace n
                WHERE n.nspname = 'public' AND has_schema_privilege('public', n.oid, 'CREATE'))
      """;

  /// A table of a store in which this role would not see every row.
  private static final String HIDDEN =
      """
      SELECT n.nspname || '.' || c.relname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relrowsecurity AND row_security_active(c.oid)
        AND (n.nspname = ? OR n.nspname IN (SELECT target FROM tranche.fence))
      LIMIT 1
      """;

  private final Databases databases;
  private final SchemaSettings settings;
  private final LockRetry retry;
  private final ApplicationRole role;

  Provisioning(Databases databases, SchemaSettings settings, LockRetry retry) {
    this.databases = databases;
    this.settings = settings;
    this.retry = retry;
    this.role = new ApplicationRole(databases);
  }

  void run(StoreId store, ChangeContext context) {
    DatabaseAccess access = databases.access(store.database());
    if (store.schema().equals(HistoryLayout.SCHEMA)) {
      throw Unreachable.unfit(
          store.database(), "schema 'tranche' holds the history and cannot be a store");
    }
    try {
      try {
        provision(store, access, context);
      } catch (ProblemException e) {
        if (!Unreachable.isMissingDatabase(e) || access.ifMissing() == IfMissing.FAIL) {
          throw e;
        }
        create(access);
        provision(store, access, context);
      }
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  private void provision(StoreId store, DatabaseAccess access, ChangeContext context)
      throws SQLException {
    retry.run(
        store,
        "of the store's schema",
        connection -> {
          role.ensure(connection, access);
          prepareDatabase(connection, access);
          requireAllRowsVisible(connection, store);
          prepareSchema(connection, store, access, context);
          connection.setAutoCommit(true);
          role.requireLogin(connection, access);
          return true;
        });
  }

  /// From `template0`, because what somebody left in `template1` would be copied into it.
  private void create(DatabaseAccess access) throws SQLException {
    try (Connection connection =
            databases.open(access.address().sibling("postgres"), access.admin());
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(
          "CREATE DATABASE "
              + Identifier.quote(access.address().name())
              + " TEMPLATE template0 ENCODING 'UTF8'");
    } catch (SQLException e) {
      // Somebody else has just created it.
      if (SqlState.of(e) != SqlState.CATALOG_RACE) {
        throw e;
      }
    }
  }

  /// What concerns the whole database, one at a time: two sessions that grant on the same object at
  /// once would fail with "tuple concurrently updated".
  private void prepareDatabase(Connection connection, DatabaseAccess access) throws SQLException {
    if (HistoryLayout.isUpToDate(connection, access.id())
        && missing(connection, access).isEmpty()) {
      return;
    }
    connection.setAutoCommit(false);
    limit(connection);
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, AdvisoryKey.ofDatabase());
      lock.execute();
    }
    String missing = missing(connection, access);
    HistoryLayout.bringUpToDate(connection, access.id());
    execute(connection, missing);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void limit(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT set_config('lock_timeout', ?, true)")) {
      statement.setString(1, settings.locks().timeout().toMillis() + "ms");
      statement.execute();
    }
  }

  /// The statements that the database still needs, besides the history.
  private static String missing(Connection connection, DatabaseAccess access) throws SQLException {
    var sql = new StringBuilder();
    String database = Identifier.quote(access.address().name());
    String user = access.requireApplication().login().user();
    try (PreparedStatement statement = connection.prepareStatement(WANTED)) {
      statement.setString(1, user);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        boolean isOurs = access.ifMissing() == IfMissing.CREATE;
        if ((isOurs && row.getBoolean(1)) || !row.getBoolean(2)) {
          sql.append("GRANT CONNECT ON DATABASE %s TO %s;".formatted(database, quoted(user)));
        }
        if (isOurs && row.getBoolean(1)) {
          sql.append("REVOKE ALL ON DATABASE %s FROM PUBLIC;".formatted(database));
        }
        if (row.getBoolean(3)) {
          sql.append("REVOKE CREATE ON SCHEMA public FROM PUBLIC;");
        }
      }
    }
    return sql.toString();
  }

  private static String quoted(String name) {
    return Identifier.quote(name);
  }

  private static void requireAllRowsVisible(Connection connection, StoreId store)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HIDDEN)) {
      statement.setString(1, store.schema());
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          throw Unreachable.unfit(
              store.database(),
              "row-level security hides rows of "
                  + row.getString(1)
                  + " from the admin role; it must be superuser or have BYPASSRLS, or backups and"
                  + " backfills would miss rows");
        }
      }
    }
  }

  private void prepareSchema(
      Connection connection, StoreId store, DatabaseAccess access, ChangeContext context)
      throws SQLException {
    var limits = settings.locks();
    if (!exists(connection, store)) {
      createSchema(connection, store);
    }
    var transaction =
        StoreTransaction.begin(
            connection, store, context.fence(), limits.timeout(), settings.statementLimit());
    execute(connection, grants(store, access));
    transaction.commit();
  }

  private static boolean exists(Connection connection, StoreId store) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT FROM pg_namespace WHERE nspname = ?")) {
      statement.setString(1, store.schema());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void createSchema(Connection connection, StoreId store) throws SQLException {
    try {
      execute(connection, "CREATE SCHEMA " + Identifier.quote(store.schema()));
    } catch (SQLException e) {
      // Somebody else has just created it.
      if (SqlState.of(e) != SqlState.CATALOG_RACE) {
        throw e;
      }
    }
  }

  /// Reading and writing rows, calling functions: nothing that changes a schema, and no TRUNCATE,
  /// which ignores row-level security.
  private static String grants(StoreId store, DatabaseAccess access) {
    return """
    GRANT USAGE ON SCHEMA %1$s TO %2$s;
    ALTER DEFAULT PRIVILEGES IN SCHEMA %1$s
      GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %2$s;
    ALTER DEFAULT PRIVILEGES IN SCHEMA %1$s GRANT USAGE, SELECT ON SEQUENCES TO %2$s;
    ALTER DEFAULT PRIVILEGES IN SCHEMA %1$s GRANT EXECUTE ON FUNCTIONS TO %2$s
    """
        .formatted(quoted(store.schema()), quoted(access.requireApplication().login().user()));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    if (sql.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
