package issuetracker.instance;

/// A password that does not show itself: printing it gives no value.
public final class Password {
  private final String value;

  /// A password as it was handed over.
  public Password(String value) {
    this.value = value;
  }

  /// The secret itself, to be handed to the database driver and to nothing else.
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
