package tranche.postgres.adopt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tranche.core.adopt.ForeignHistory;
import tranche.core.migration.HistoryKind;
import tranche.postgres.database.Identifier;
import tranche.postgres.fanout.Literal;

/// Reads the history tables of other tools, for many schemas per statement.
///
/// Each statement locks as many tables as schemas it reads, so a portion stays far below what the
/// server's lock table holds, and each portion is a transaction of its own.
public final class ForeignHistoryReader {
  private static final int SCHEMAS_PER_STATEMENT = 200;

  private final ForeignTables tables;

  /// A reader of tables of those names.
  public ForeignHistoryReader(ForeignTables tables) {
    this.tables = tables;
  }

  /// The kinds of history that each schema has; schemas without any are left out.
  ///
  /// @throws SQLException if the catalog cannot be read
  public Map<String, java.util.Set<HistoryKind>> kinds(
      Connection connection, Collection<String> schemas) throws SQLException {
    return FoundTables.in(connection, schemas, tables);
  }

  /// The histories of that kind of schemas that have one; the connection must be in auto-commit
  /// mode.
  ///
  /// @throws SQLException if a table cannot be read
  /// @throws IllegalArgumentException for [HistoryKind#TRANCHE], which is not foreign
  public Map<String, ForeignHistory> read(
      Connection connection, HistoryKind kind, List<String> schemas) throws SQLException {
    Map<String, ForeignHistory> found = new TreeMap<>();
    for (int from = 0; from < schemas.size(); from += SCHEMAS_PER_STATEMENT) {
      List<String> portion =
          schemas.subList(from, Math.min(from + SCHEMAS_PER_STATEMENT, schemas.size()));
      found.putAll(portion(connection, kind, portion));
    }
    return found;
  }

  private Map<String, ? extends ForeignHistory> portion(
      Connection connection, HistoryKind kind, List<String> schemas) throws SQLException {
    return switch (kind) {
      case FLYWAY -> flyway(connection, schemas);
      case GOLANG_MIGRATE -> golang(connection, schemas);
      case RAILS -> rails(connection, schemas);
      case LIQUIBASE -> liquibase(connection, schemas);
      case ALEMBIC -> alembic(connection, schemas);
      case DJANGO -> django(connection, schemas);
      case TRANCHE -> throw new IllegalArgumentException("not a foreign history");
    };
  }

  private Map<String, ForeignHistory.Flyway> flyway(Connection connection, List<String> schemas)
      throws SQLException {
    String columns = "installed_rank, version, description, type, checksum, success";
    return mapped(
        rows(
            connection,
            schemas,
            new Select(tables.flyway(), columns, "installed_rank"),
            FlywayRows::row),
        ForeignHistory.Flyway::new);
  }

  private static Map<String, ForeignHistory.GolangMigrate> golang(
      Connection connection, List<String> schemas) throws SQLException {
    Map<String, List<ForeignHistory.GolangMigrate>> rows =
        rows(
            connection,
            schemas,
            new Select(ForeignTables.SCHEMA_MIGRATIONS, "version::text, dirty", "version"),
            r ->
                new ForeignHistory.GolangMigrate(
                    java.util.Optional.of(r.getString(2)), r.getBoolean(3)));
    return mapped(
        rows,
        list ->
            list.isEmpty()
                ? new ForeignHistory.GolangMigrate(java.util.Optional.empty(), false)
                : list.getLast());
  }

  private static Map<String, ForeignHistory.Rails> rails(
      Connection connection, List<String> schemas) throws SQLException {
    return mapped(
        rows(
            connection,
            schemas,
            new Select(ForeignTables.SCHEMA_MIGRATIONS, "version::text", "version"),
            r -> r.getString(2)),
        ForeignHistory.Rails::new);
  }

  private static Map<String, ForeignHistory.Liquibase> liquibase(
      Connection connection, List<String> schemas) throws SQLException {
    var locks = LiquibaseLocks.held(connection, schemas);
    Map<String, List<ForeignHistory.ChangeSet>> rows =
        rows(
            connection,
            schemas,
            new Select(ForeignTables.CHANGELOG, "id, author, filename, exectype", "orderexecuted"),
            r ->
                new ForeignHistory.ChangeSet(
                    r.getString(2), r.getString(3), r.getString(4), r.getString(5)));
    Map<String, ForeignHistory.Liquibase> found = new TreeMap<>();
    rows.forEach((schema, sets) ->
        found.put(schema, new ForeignHistory.Liquibase(sets, locks.contains(schema))));
    return found;
  }

  private static Map<String, ForeignHistory.Alembic> alembic(
      Connection connection, List<String> schemas) throws SQLException {
    return mapped(
        rows(
            connection,
            schemas,
            new Select(ForeignTables.ALEMBIC, "version_num", "version_num"),
            r -> r.getString(2)),
        ForeignHistory.Alembic::new);
  }

  private static Map<String, ForeignHistory.Django> django(
      Connection connection, List<String> schemas) throws SQLException {
    return mapped(
        rows(
            connection,
            schemas,
            new Select(ForeignTables.DJANGO, "app || '.' || name", "id"),
            r -> r.getString(2)),
        ForeignHistory.Django::new);
  }

  /// What is read of a tool's table.
  private record Select(String table, String columns, String order) {
    /// One statement for all of the schemas; the first column says which one a row is of.
    String of(List<String> schemas) {
      return schemas.stream()
          .map(this::of)
          .collect(
              Collectors.joining(
                  " UNION ALL ", "SELECT * FROM (", ") AS all_rows ORDER BY target, position"));
    }

    private String of(String schema) {
      String from = Identifier.quote(schema) + "." + Identifier.quote(table);
      return "SELECT %s::text AS target, %s, %s AS position FROM %s"
          .formatted(Literal.text(schema), columns, order, from);
    }
  }

  /// Reads a row; the first column is the schema.
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> Map<String, List<T>> rows(
      Connection connection, List<String> schemas, Select select, RowReader<T> reader)
      throws SQLException {
    Map<String, List<T>> rows = new TreeMap<>();
    schemas.forEach(s -> rows.put(s, new ArrayList<>()));
    try (PreparedStatement statement = connection.prepareStatement(select.of(schemas));
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        rows.getOrDefault(found.getString(1), new ArrayList<>()).add(reader.read(found));
      }
    }
    return rows;
  }

  private static <T, H> Map<String, H> mapped(
      Map<String, List<T>> rows, Function<List<T>, H> make) {
    return rows.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> make.apply(e.getValue()), (a, _) -> a, TreeMap::new));
  }
}
