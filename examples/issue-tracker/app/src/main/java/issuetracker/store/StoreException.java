package issuetracker.store;

/// Thrown when the database did not do what was asked. The cause is the driver's exception without
/// the row values.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// What a caller can do about it.
  public enum Kind {
    /// The database is away, overloaded or refused for now: trying again later may help.
    UNAVAILABLE,
    /// Another row already has this name or id.
    TAKEN,
    /// The statement is wrong: a defect of this application or a schema it cannot read.
    BROKEN
  }

  StoreException(Kind kind, Throwable cause) {
    super(cause);
    this.kind = kind;
  }

  /// What a caller can do about it.
  public Kind kind() {
    return kind;
  }
}
