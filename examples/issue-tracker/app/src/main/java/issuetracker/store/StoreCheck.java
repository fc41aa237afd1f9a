package issuetracker.store;

import issuetracker.instance.Instance;
import issuetracker.release.PriorityColumn;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Whether this process could serve tenants now: every database answers a query, and at least one
/// of the schemas in it has the column that this release reads. One is enough, because the schemas
/// of tenants that share a cell are migrated one after another, each before its tenant gets
/// traffic. A database seen to be right is not looked at again for ten seconds, so a health check
/// every second costs one trivial query per database.
public final class StoreCheck {
  private static final Duration SCHEMAS_STAY_RIGHT = Duration.ofSeconds(10);
  private static final String HAS_COLUMN =
      """
      SELECT EXISTS (
        SELECT 1
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY (?) AND c.relname = 'issue' AND a.attname = ? AND NOT a.attisdropped)
      """;

  private final Instance instance;
  private final Databases databases;
  private final PriorityColumn column;
  private final Map<String, Long> rightSinceNanos = new ConcurrentHashMap<>();

  /// A check of the stores of this instance for a release that uses this column.
  public StoreCheck(Instance instance, Databases databases, PriorityColumn column) {
    this.instance = instance;
    this.databases = databases;
    this.column = column;
  }

  /// The first reason why this process could not serve now; empty when there is none.
  public Optional<String> problem() {
    return databases.names().stream().flatMap(name -> problem(name).stream()).findFirst();
  }

  private Optional<String> problem(String database) {
    try (Connection connection = databases.connect(database)) {
      Optional<String> problem =
          schemasAreKnown(database) ? ping(connection) : schemas(database, connection);
      connection.rollback();
      return problem;
    } catch (SQLException e) {
      return Optional.of(
          "database " + database + " does not answer (SQLSTATE " + e.getSQLState() + ")");
    }
  }

  private boolean schemasAreKnown(String database) {
    Long since = rightSinceNanos.get(database);
    return since != null && System.nanoTime() - since < SCHEMAS_STAY_RIGHT.toNanos();
  }

  private static Optional<String> ping(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
      statement.executeQuery().close();
      return Optional.empty();
    }
  }

  private Optional<String> schemas(String database, Connection connection) throws SQLException {
    Object[] names = instance.schemasIn(database).stream().sorted().toArray();
    Array array = connection.createArrayOf("text", names);
    try (PreparedStatement statement = connection.prepareStatement(HAS_COLUMN)) {
      statement.setArray(1, array);
      statement.setString(2, column.name());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        if (names.length > 0 && !rows.getBoolean(1)) {
          return Optional.of(
              "%s in database %s has no column issue.%s"
                  .formatted(which(names), database, column.name()));
        }
      }
    } finally {
      array.free();
    }
    rightSinceNanos.put(database, System.nanoTime());
    return Optional.empty();
  }

  private static String which(Object[] schemas) {
    return schemas.length == 1 ? "schema " + schemas[0] : "none of " + schemas.length + " schemas";
  }
}
