package issuetracker.http;

import issuetracker.json.Json;
import issuetracker.json.JsonObject;
import java.nio.charset.StandardCharsets;

/// An answer.
///
/// @param status the HTTP status
/// @param contentType what the body is
/// @param body the bytes, empty for no body; not to be changed
@SuppressWarnings("ArrayRecordComponent") // handed to the socket once, never compared
public record Response(int status, String contentType, byte[] body) {
  /// A JSON answer.
  public static Response json(int status, JsonObject body) {
    return new Response(status, "application/json", Json.write(body));
  }

  /// An answer in another text format.
  public static Response text(String contentType, String body) {
    return new Response(200, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /// The answer that something is gone as asked: no body.
  public static Response noContent() {
    return new Response(204, "application/json", new byte[0]);
  }
}
