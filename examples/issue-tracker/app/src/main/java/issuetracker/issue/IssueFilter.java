package issuetracker.issue;

import java.util.Optional;

/// Which issues to list, newest first.
///
/// @param status only issues with this status
/// @param priority only issues with this priority
/// @param limit the most issues to return, 1 to [#MAX]
public record IssueFilter(Optional<Status> status, Optional<Priority> priority, int limit) {
  /// The largest page of any list.
  public static final int MAX = 100;

  /// Checks the limit.
  public IssueFilter {
    if (limit < 1 || limit > MAX) {
      throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MAX);
    }
  }
}
