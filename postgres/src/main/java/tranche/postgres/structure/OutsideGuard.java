package tranche.postgres.structure;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

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
      SELECT coalesce(array_agg(oid::bigint) FILTER (WHERE relnamespace IN (
          SELECT oid FROM pg_catalog.pg_namespace WHERE nspname IN (?, 'pg_toast'))), '{}'),
        max(oid::bigint),
        (SELECT coalesce(array_agg(confrelid::bigint), '{}') FROM pg_catalog.pg_constraint
          WHERE contype = 'f' AND connamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ?))
      FROM pg_catalog.pg_class
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
      LIMIT 1
      """;

  private final String schema;
  private final Array own;
  private final long highest;
  private final Array referred;

  private OutsideGuard(String schema, ResultSet row) throws SQLException {
    this.schema = schema;
    this.own = row.getArray(1);
    this.highest = row.getLong(2);
    this.referred = row.getArray(3);
  }

  /// Looks at what is there. The transaction has done nothing yet.
  static OutsideGuard before(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
      statement.setString(1, schema);
      statement.setString(2, schema);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no row");
        }
        return new OutsideGuard(schema, row);
      }
    }
  }

  /// One thing outside that was changed since, if there is any.
  Optional<String> touched(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TOUCHED)) {
      statement.setString(1, schema);
      statement.setArray(2, own);
      statement.setLong(3, highest);
      statement.setArray(4, referred);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
