package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import tranche.postgres.database.Identifier;

/// A table as far as copying its rows needs it: columns that hold data (generated ones are computed
/// again), and the columns of its primary key, in order; none if it has none.
record TableShape(String schema, String name, List<String> columns, List<String> key) {
  private static final String TABLES =
      """
      SELECT c.relname FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      ORDER BY c.relname COLLATE "C"
      """;

  private static final String COLUMNS =
      """
      SELECT a.attname, array_position(i.indkey::int2[], a.attnum)
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
      LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      ORDER BY a.attnum
      """;

  TableShape {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /// The tables of a schema, by name; a partitioned table counts once.
  static List<String> names(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> names = new ArrayList<>();
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      }
    }
  }

  /// The shapes of those tables that exist, in the order given.
  static List<TableShape> existing(Connection connection, String schema, Collection<String> tables)
      throws SQLException {
    List<String> there = names(connection, schema);
    List<TableShape> shapes = new ArrayList<>();
    for (String table : tables.stream().distinct().filter(there::contains).toList()) {
      shapes.add(read(connection, schema, table));
    }
    return shapes;
  }

  private static TableShape read(Connection connection, String schema, String table)
      throws SQLException {
    record KeyColumn(int position, String name) {}
    List<String> columns = new ArrayList<>();
    List<KeyColumn> key = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
          if (rows.getObject(2) != null) {
            key.add(new KeyColumn(rows.getInt(2), rows.getString(1)));
          }
        }
      }
    }
    key.sort(java.util.Comparator.comparingInt(KeyColumn::position));
    return new TableShape(schema, table, columns, key.stream().map(KeyColumn::name).toList());
  }

  /// The table's name for SQL.
  String qualified() {
    return Identifier.quote(schema, name);
  }

  /// The columns for SQL.
  String columnList() {
    return columns.stream().map(Identifier::quote).collect(Collectors.joining(", "));
  }

  /// The query that gives all rows, in the order of the primary key.
  String query() {
    String order =
        key.isEmpty()
            ? ""
            : " ORDER BY " + key.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    return "SELECT " + columnList() + " FROM " + qualified() + order;
  }
}
