package issuetracker.r2026_12;

import issuetracker.issue.Priority;
import issuetracker.release.PriorityColumn;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The priority as a number from 1 (low) to 4 (urgent), which sorts as it means.
final class NumberPriority implements PriorityColumn {
  @Override
  public String name() {
    return "priority_v2";
  }

  @Override
  public Object stored(Priority priority) {
    return switch (priority) {
      case LOW -> 1;
      case NORMAL -> 2;
      case HIGH -> 3;
      case URGENT -> 4;
    };
  }

  @Override
  public Priority read(ResultSet row, int column) throws SQLException {
    return switch (row.getInt(column)) {
      case 1 -> Priority.LOW;
      case 2 -> Priority.NORMAL;
      case 3 -> Priority.HIGH;
      case 4 -> Priority.URGENT;
      default -> throw new SQLException("the column priority_v2 holds an unknown number");
    };
  }
}
