package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tranche.core.fanout.StoreReading;
import tranche.core.migration.HistoryKind;

/// Looks at schemas that have no history of ours: whose histories they have instead, and whether
/// there is anything else in them. One pass over `pg_class` for thousands of schemas, by their
/// numbers: `pg_class` has no index that begins with the schema, and `information_schema` takes a
/// hundred times as long.
final class UnmanagedReader {
  private static final String READ =
      """
      SELECT n.nspname,
        coalesce(bool_or(c.relname = 'flyway_schema_history'), false),
        coalesce(bool_or(c.relname = 'databasechangelog'), false),
        coalesce(bool_or(c.relname = 'schema_migrations' AND EXISTS (
          SELECT FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = c.oid AND a.attname = 'dirty' AND NOT a.attisdropped)), false),
        coalesce(bool_or(c.relname = 'schema_migrations' AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = c.oid AND a.attname = 'dirty' AND NOT a.attisdropped)), false),
        coalesce(bool_or(c.relname = 'alembic_version'), false),
        coalesce(bool_or(c.relname = 'django_migrations'), false),
        coalesce(bool_and(c.relname IN ('flyway_schema_history', 'databasechangelog',
          'databasechangeloglock', 'schema_migrations', 'ar_internal_metadata',
          'alembic_version', 'django_migrations', 'django_migrations_id_seq')), true)
      FROM pg_catalog.pg_namespace n
      LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
        AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
      WHERE n.nspname = ANY ($schemas)
      GROUP BY n.nspname\
      """;

  /// In the order of the columns.
  private static final List<HistoryKind> KINDS =
      List.of(
          HistoryKind.FLYWAY,
          HistoryKind.LIQUIBASE,
          HistoryKind.GOLANG_MIGRATE,
          HistoryKind.RAILS,
          HistoryKind.ALEMBIC,
          HistoryKind.DJANGO);

  private UnmanagedReader() {}

  static Map<String, StoreReading> read(Session session, List<String> schemas) throws SQLException {
    Map<String, StoreReading> found = new HashMap<>();
    schemas.forEach(schema -> found.put(schema, new StoreReading.NotThere()));
    for (Session.Row row : session.rows(READ.replace("$schemas", Literal.texts(schemas)))) {
      List<HistoryKind> others = new ArrayList<>();
      for (int i = 0; i < KINDS.size(); i++) {
        if (row.isTrue(i + 1)) {
          others.add(KINDS.get(i));
        }
      }
      found.put(row.text(0), new StoreReading.Unmanaged(others, row.isTrue(KINDS.size() + 1)));
    }
    return found;
  }
}
