package tranche.postgres.adopt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tranche.core.migration.HistoryKind;
import tranche.postgres.fanout.Literal;

/// Reads marks: those that the tables of other tools have now, and those that were kept.
final class MarkReader {
  private static final int SCHEMAS_PER_STATEMENT = 200;
  private static final String KEPT =
      "SELECT s.target, s.foreign_mark FROM tranche.store s WHERE s.target = ANY (?)";

  private MarkReader() {}

  /// The marks of tables that are there; empty for tools whose tables are not looked at again.
  static Map<String, String> read(
      Connection connection, HistoryKind kind, List<String> schemas, ForeignTables tables)
      throws SQLException {
    Map<String, String> marks = new HashMap<>();
    if (!Marks.isKept(kind)) {
      return marks;
    }
    for (int from = 0; from < schemas.size(); from += SCHEMAS_PER_STATEMENT) {
      List<String> parts = new ArrayList<>();
      for (String schema :
          schemas.subList(from, Math.min(from + SCHEMAS_PER_STATEMENT, schemas.size()))) {
        parts.add("SELECT " + Literal.text(schema) + ", " + Marks.query(kind, schema, tables));
      }
      try (PreparedStatement statement =
          connection.prepareStatement(String.join(" UNION ALL ", parts))) {
        collect(statement, marks);
      }
    }
    return marks;
  }

  /// The marks that were kept.
  static Map<String, String> kept(Connection connection, List<String> schemas) throws SQLException {
    Map<String, String> marks = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(KEPT)) {
      statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
      collect(statement, marks);
    }
    return marks;
  }

  private static void collect(PreparedStatement statement, Map<String, String> marks)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        marks.put(rows.getString(1), rows.getString(2) == null ? "" : rows.getString(2));
      }
    }
  }
}
