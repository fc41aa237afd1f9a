package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tranche.postgres.database.Identifier;

/// How many rows a table has and a digest of their content, computed by the server. The order of
/// rows does not matter: the digest is the sum of the rows' 64-bit hashes.
public record TableDigest(long rows, String digest) {
  /// Checks that there is a digest.
  public TableDigest {
    Objects.requireNonNull(digest);
  }

  /// The digest of the rows that `where` leaves, or of all if it is empty.
  ///
  /// @param from a table's name, for SQL
  static TableDigest read(
      Connection connection, String from, List<String> columns, String where, List<String> values)
      throws SQLException {
    String row = columns.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    String sql =
        """
        SELECT count(*),
          coalesce(sum(hashtextextended(ROW(%s)::text, 0)::numeric), 0)::text
        FROM %s %s\
        """
            .formatted(row, from, where);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int at = 0; at < values.size(); at++) {
        statement.setString(at + 1, values.get(at));
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return new TableDigest(result.getLong(1), result.getString(2));
      }
    }
  }
}
