package tranche.postgres.adopt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tranche.postgres.database.Identifier;
import tranche.postgres.fanout.Literal;

/// Which schemas Liquibase has locked for itself.
final class LiquibaseLocks {
  private static final String HAVE_TABLE =
      """
      SELECT n.nspname FROM pg_catalog.pg_namespace n
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
      WHERE n.nspname = ANY (?) AND c.relname = 'databasechangeloglock' AND c.relkind = 'r'
      """;

  private LiquibaseLocks() {}

  static Set<String> held(Connection connection, List<String> schemas) throws SQLException {
    List<String> parts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(HAVE_TABLE)) {
      statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          parts.add(part(rows.getString(1)));
        }
      }
    }
    return parts.isEmpty() ? Set.of() : names(connection, String.join(" UNION ALL ", parts));
  }

  private static String part(String schema) throws SQLException {
    return "SELECT "
        + Literal.text(schema)
        + " FROM "
        + Identifier.quote(schema)
        + "."
        + ForeignTables.CHANGELOG_LOCK
        + " WHERE locked";
  }

  private static Set<String> names(Connection connection, String query) throws SQLException {
    Set<String> held = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        held.add(rows.getString(1));
      }
    }
    return held;
  }
}
