package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.List;

/// Finds schemas and databases by a pattern in which `*` stands for any characters and `?` for one.
final class Names {
  private static final String SCHEMAS =
      """
      SELECT n.nspname FROM pg_catalog.pg_namespace n
      WHERE n.nspname LIKE $pattern AND n.nspname NOT LIKE 'pg\\_%'
        AND n.nspname NOT IN ('information_schema', 'tranche')
      ORDER BY n.nspname COLLATE "C"\
      """;

  private static final String DATABASES =
      """
      SELECT d.datname FROM pg_catalog.pg_database d
      WHERE d.datname LIKE $pattern AND NOT d.datistemplate AND d.datallowconn
      ORDER BY d.datname COLLATE "C"\
      """;

  private Names() {}

  static List<String> schemas(Session session, String pattern) throws SQLException {
    return read(session, SCHEMAS.replace("$pattern", like(pattern)));
  }

  static List<String> databases(Session session, String pattern) throws SQLException {
    return read(session, DATABASES.replace("$pattern", like(pattern)));
  }

  private static List<String> read(Session session, String sql) throws SQLException {
    return session.rows(sql).stream().map(row -> row.text(0)).toList();
  }

  /// The pattern as LIKE has it. Its own signs stand for themselves.
  private static String like(String pattern) {
    String like =
        pattern
            .replace("\\", "\\\\")
            .replace("%", "\\%")
            .replace("_", "\\_")
            .replace('*', '%')
            .replace('?', '_');
    return Literal.text(like);
  }
}
