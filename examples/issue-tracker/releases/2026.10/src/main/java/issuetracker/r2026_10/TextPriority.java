package issuetracker.r2026_10;

import issuetracker.issue.Priority;
import issuetracker.issue.Words;
import issuetracker.release.PriorityColumn;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The priority as one of four words.
final class TextPriority implements PriorityColumn {
  @Override
  public String name() {
    return "priority";
  }

  @Override
  public Object stored(Priority priority) {
    return Words.of(priority);
  }

  @Override
  public Priority read(ResultSet row, int column) throws SQLException {
    return Words.read(Priority.class, row.getString(column))
        .orElseThrow(() -> new SQLException("the column priority holds an unknown word"));
  }
}
