package issuetracker.release;

/// A defect that a release was shipped with: some creations of issues fail before anything is
/// written.
@FunctionalInterface
public interface CreationFault {
  /// No defect.
  CreationFault NONE = () -> false;

  /// Called once for each request to create an issue; true when this one fails.
  boolean strikes();
}
