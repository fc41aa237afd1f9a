package tranche.postgres.adopt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import tranche.core.adopt.ForeignHistory.FlywayRow;

/// Reads rows of Flyway's table.
final class FlywayRows {
  private FlywayRows() {}

  /// The row whose columns from the second on are rank, version, description, type, checksum and
  /// success.
  static FlywayRow row(ResultSet row) throws SQLException {
    int checksum = row.getInt(6);
    Optional<Integer> known = row.wasNull() ? Optional.empty() : Optional.of(checksum);
    return new FlywayRow(
        row.getInt(2),
        Optional.ofNullable(row.getString(3)),
        row.getString(4),
        row.getString(5),
        known,
        row.getBoolean(7));
  }
}
