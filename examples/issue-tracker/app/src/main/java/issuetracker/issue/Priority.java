package issuetracker.issue;

/// How soon an issue wants attention, in rising order.
public enum Priority {
  /// Some day.
  LOW,
  /// In its turn.
  NORMAL,
  /// Before the normal ones.
  HIGH,
  /// Now.
  URGENT
}
