package issuetracker.http;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reading what a client wrote, without trusting it.
final class HttpText {
  private static final int MAX_SHOWN = 63;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private HttpText() {}

  /// The tenant that a request names: `X-Tenant`, else the first label of the host.
  static String tenant(Headers headers) {
    String tenant = headers.getFirst("X-Tenant");
    if (tenant != null) {
      return tenant;
    }
    String host = headers.getFirst("Host");
    return host == null ? "" : host.split("[.:]", 2)[0];
  }

  /// The query parameters, decoded.
  ///
  /// @throws Failure 400 when they are not encoded as they should be
  static Map<String, String> query(@Nullable String raw) {
    Map<String, String> parameters = new HashMap<>();
    if (raw == null || raw.isEmpty()) {
      return Map.of();
    }
    try {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        parameters.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
      }
    } catch (IllegalArgumentException e) {
      throw new Failure(400, "the query is not URL-encoded", "Encode the query parameters.");
    }
    return Map.copyOf(parameters);
  }

  /// A method that is safe to be a metric's label.
  static String method(String method) {
    return METHODS.contains(method) ? method : "other";
  }

  /// A piece of a request that is safe to repeat in an answer.
  static String printable(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]", "?");
    return plain.length() <= MAX_SHOWN ? plain : plain.substring(0, MAX_SHOWN);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
