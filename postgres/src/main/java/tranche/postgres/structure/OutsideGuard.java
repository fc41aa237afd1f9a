package tranche.postgres.structure;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Notices, before a transaction commits, that it changed something outside of its schema: by the
/// locks that it holds on tables, and by functions, extensions, schemas and types that it created.
///
/// A table that the schema refers to by a foreign key may be locked as making and dropping the key
/// does. A change behind a savepoint of the migration's own escapes only where it touches no table.
final class OutsideGuard {
  /// Everything that is there before, to tell what was dropped: the schema's own tables, and the
  /// highest number that a table had.
  private static final String BEFORE =
      """
      WITH given AS (
        SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ?
      ), mine AS (
        SELECT oid, reltoastrelid FROM pg_catalog.pg_class WHERE relnamespace = (SELECT oid FROM given)
      ), toast AS (
        SELECT reltoastrelid AS oid FROM mine WHERE reltoastrelid <> 0
      )
      SELECT (SELECT coalesce(array_agg(own.oid::bigint), '{}') FROM (
          SELECT oid FROM mine
          UNION ALL SELECT oid FROM toast
          UNION ALL SELECT indexrelid FROM pg_catalog.pg_index WHERE indrelid IN (SELECT oid FROM toast)) own),
        (SELECT max(oid)::bigint FROM pg_catalog.pg_class),
        (SELECT coalesce(array_agg(confrelid::bigint), '{}') FROM pg_catalog.pg_constraint
          WHERE contype = 'f' AND connamespace = (SELECT oid FROM given))
      """;

  private static final String TOUCHED =
      """
      WITH given AS (
        SELECT ?::text AS schema, ?::bigint[] AS own, ?::bigint AS highest, ?::bigint[] AS referred,
          (pg_current_xact_id_if_assigned()::text::bigint & 4294967295)::text::xid AS me
      ), now_referred AS (
        SELECT k.confrelid::bigint AS oid FROM pg_catalog.pg_constraint k, given g
        WHERE k.contype = 'f' AND k.connamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = g.schema)
      )
      SELECT (SELECT array_agg(oid) FROM now_referred), (
      SELECT CASE WHEN c.oid IS NULL THEN 'a table that it dropped'
        ELSE 'table ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) END
      FROM given g
      CROSS JOIN pg_catalog.pg_locks l
      LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')
        AND CASE WHEN c.oid IS NULL
          THEN l.relation::bigint <= g.highest AND l.relation::bigint <> ALL (g.own)
          ELSE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
            AND n.nspname NOT IN (g.schema, 'pg_catalog', 'pg_toast') AND n.nspname !~ '^pg_(toast_)?temp_'
            AND NOT (l.mode IN ('ShareRowExclusiveLock', 'AccessExclusiveLock')
              AND (c.oid::bigint = ANY (g.referred) OR c.oid IN (SELECT oid FROM now_referred)))
        END
      UNION ALL
      SELECT 'function ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname)
      FROM given g, pg_catalog.pg_proc p
      JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      WHERE p.xmin = g.me AND n.nspname <> g.schema AND n.nspname !~ '^pg_temp_'
      UNION ALL
      SELECT 'type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname)
      FROM given g, pg_catalog.pg_type t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      WHERE t.xmin = g.me AND n.nspname <> g.schema AND n.nspname !~ '^pg_(toast_)?temp_'
      UNION ALL
      SELECT 'extension ' || quote_ident(e.extname) FROM given g, pg_catalog.pg_extension e WHERE e.xmin = g.me
      UNION ALL
      SELECT 'schema ' || quote_ident(n.nspname) FROM given g, pg_catalog.pg_namespace n
      WHERE n.xmin = g.me AND n.nspname <> g.schema AND n.nspname !~ '^pg_(toast_)?temp_'
      LIMIT 1)
      """;

  private final String schema;
  private final Array own;
  private final long highest;
  private final Set<Long> referred = new HashSet<>();

  private OutsideGuard(String schema, ResultSet row) throws SQLException {
    this.schema = schema;
    this.own = row.getArray(1);
    this.highest = row.getLong(2);
    addReferred(row.getArray(3));
  }

  private void addReferred(@Nullable Array tables) throws SQLException {
    if (tables != null) {
      referred.addAll(Arrays.asList((Long[]) tables.getArray()));
    }
  }

  /// Looks at what is there. The transaction has done nothing yet.
  static OutsideGuard before(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no row");
        }
        return new OutsideGuard(schema, row);
      }
    }
  }

  /// One thing outside that was changed since, if there is any. May be asked again in the same
  /// transaction: what a foreign key referred to in between may have been locked for it.
  Optional<String> touched(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TOUCHED)) {
      statement.setString(1, schema);
      statement.setArray(2, own);
      statement.setLong(3, highest);
      statement.setArray(4, connection.createArrayOf("bigint", referred.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no row");
        }
        addReferred(row.getArray(1));
        return Optional.ofNullable(row.getString(2));
      }
    }
  }
}
