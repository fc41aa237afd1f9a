package issuetracker.http;

import issuetracker.instance.Placement;
import issuetracker.json.Json;
import issuetracker.json.JsonException;
import issuetracker.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A request on behalf of a tenant that this process serves.
///
/// @param placement where the tenant lives
/// @param path the values of the route's placeholders
/// @param query the query parameters; of a repeated one the last
/// @param user the caller's handle from `X-User`, if given
/// @param body the bytes of the body, at most [WebServer#MAX_BODY_BYTES]; not to be changed
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record TenantRequest(
    Placement placement,
    Map<String, String> path,
    Map<String, String> query,
    Optional<String> user,
    byte[] body) {

  /// The tenant's id.
  public String tenant() {
    return placement.tenant();
  }

  /// The id in the path.
  ///
  /// @throws Failure 400 when it is not a UUID
  public UUID id() {
    String text = path.getOrDefault("id", "");
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(400, "the id in the path is not a UUID", "Use an id that a list returned.");
    }
  }

  /// The body as a JSON object.
  ///
  /// @throws Failure 400 when it is none
  public JsonObject json() {
    try {
      return Json.read(body);
    } catch (JsonException e) {
      throw new Failure(400, "body: " + e.getMessage(), "Send one JSON object as the body.");
    }
  }
}
