package issuetracker.instance;

/// Thrown when the instance file cannot be used. The message says which part and why; it never
/// holds a value from a `password` member.
public final class InstanceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// A problem described in one sentence.
  public InstanceException(String message) {
    super(message);
  }
}
