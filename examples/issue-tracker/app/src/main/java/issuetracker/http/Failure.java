package issuetracker.http;

import issuetracker.json.JsonObject;

/// Thrown to answer a request with an error: a status, what is wrong and what to do about it.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String fix;

  /// An error answer.
  ///
  /// @param status the HTTP status, 400 or above
  /// @param error what is wrong, in one sentence
  /// @param fix what the caller can do, in one imperative sentence
  public Failure(int status, String error, String fix) {
    super(error, null, false, false);
    this.status = status;
    this.fix = fix;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// Adds `error` and `fix` to the body of the answer.
  public JsonObject describe(JsonObject body) {
    return body.put("error", getMessage()).put("fix", fix);
  }
}
