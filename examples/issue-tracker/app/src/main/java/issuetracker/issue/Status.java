package issuetracker.issue;

/// How far an issue is.
public enum Status {
  /// Nobody works on it yet.
  OPEN,
  /// Somebody works on it.
  IN_PROGRESS,
  /// Nothing is left to do.
  DONE
}
