package issuetracker.json;

/// Thrown when text is not JSON, or JSON lacks what was asked of it. The message names the place
/// but never repeats a value, because the text may hold passwords.
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// A problem described in one sentence without any value of the document.
  public JsonException(String message) {
    super(message);
  }
}
