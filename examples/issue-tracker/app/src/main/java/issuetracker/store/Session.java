package issuetracker.store;

import issuetracker.instance.Placement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One open transaction on behalf of one tenant. Valid only inside [Tenancy#inTransaction].
public final class Session {
  private final Connection connection;
  private final Placement placement;

  Session(Connection connection, Placement placement) {
    this.connection = connection;
    this.placement = placement;
  }

  /// The tenant that the transaction is for.
  String tenant() {
    return placement.tenant();
  }

  /// The qualified name of a table of teams and users.
  String people(String table) {
    return placement.people().table(table);
  }

  /// The qualified name of a table of issues and comments.
  String work(String table) {
    return placement.work().table(table);
  }

  /// Runs a statement and reads all its rows.
  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(reader.read(rows));
      }
      return List.copyOf(result);
    }
  }

  /// Runs a statement of which at most one row is expected.
  <T> Optional<T> queryOne(String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    return query(sql, reader, parameters).stream().findFirst();
  }

  /// Runs a statement and counts the rows it changed.
  int update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /// Turns the current row into a value.
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
