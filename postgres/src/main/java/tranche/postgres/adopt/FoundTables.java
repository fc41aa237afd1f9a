package tranche.postgres.adopt;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tranche.core.migration.HistoryKind;

/// Which schemas have which history tables, by the catalog alone: no table is opened.
final class FoundTables {
  /// The two shapes of `schema_migrations` differ by a column.
  private static final String FIND =
      """
      SELECT n.nspname, c.relname, EXISTS (
          SELECT FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = c.oid AND a.attname = 'dirty' AND NOT a.attisdropped)
      FROM pg_catalog.pg_namespace n
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
      WHERE n.nspname = ANY (?) AND c.relname = ANY (?) AND c.relkind IN ('r', 'p')
      """;

  private FoundTables() {}

  /// The kinds of history of each schema that has any.
  static Map<String, Set<HistoryKind>> in(
      Connection connection, Collection<String> schemas, ForeignTables tables) throws SQLException {
    Map<String, Set<HistoryKind>> found = new TreeMap<>();
    Array names = connection.createArrayOf("text", schemas.toArray());
    Array relations = connection.createArrayOf("text", relations(tables).toArray());
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setArray(1, names);
      statement.setArray(2, relations);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          HistoryKind kind = kind(rows.getString(2), rows.getBoolean(3));
          found
              .computeIfAbsent(rows.getString(1), _ -> EnumSet.noneOf(HistoryKind.class))
              .add(kind);
        }
      }
    }
    return found;
  }

  private static List<String> relations(ForeignTables tables) {
    return List.of(
        tables.flyway(),
        ForeignTables.SCHEMA_MIGRATIONS,
        ForeignTables.CHANGELOG,
        ForeignTables.ALEMBIC,
        ForeignTables.DJANGO);
  }

  private static HistoryKind kind(String relation, boolean hasDirty) {
    return switch (relation) {
      case ForeignTables.SCHEMA_MIGRATIONS ->
          hasDirty ? HistoryKind.GOLANG_MIGRATE : HistoryKind.RAILS;
      case ForeignTables.CHANGELOG -> HistoryKind.LIQUIBASE;
      case ForeignTables.ALEMBIC -> HistoryKind.ALEMBIC;
      case ForeignTables.DJANGO -> HistoryKind.DJANGO;
      default -> HistoryKind.FLYWAY; // Its name can be chosen, so it is whatever is left.
    };
  }
}
