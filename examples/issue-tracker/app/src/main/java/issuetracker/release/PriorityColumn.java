package issuetracker.release;

import issuetracker.issue.Priority;
import java.sql.ResultSet;
import java.sql.SQLException;

/// How a release keeps the priority of an issue in the `issue` table. A release reads and writes
/// one column only; where two columns exist at the same time a trigger keeps them in step.
public interface PriorityColumn {
  /// The name of the column; it is put into SQL as it is.
  String name();

  /// The value to store for a priority, as a JDBC parameter.
  Object stored(Priority priority);

  /// The priority in a column of the current row.
  ///
  /// @throws SQLException when the value is none that this release writes
  Priority read(ResultSet row, int column) throws SQLException;
}
