package tranche.drivers.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tranche.core.secret.Secret;
import tranche.drivers.http.BoundedHttp;
import tranche.drivers.http.BoundedHttp.Answer;

/// Requests to the gateway's admin interface.
final class AdminClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private final BoundedHttp http = new BoundedHttp(LIMIT, MAX_BYTES);
  private final Secret token;

  AdminClient(Secret token) {
    this.token = token;
  }

  /// Whether a gateway answers there that knows the token.
  boolean answers(URI admin) throws InterruptedException {
    try {
      return send(admin, "GET", "/v1/state", "").status() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  Answer send(URI admin, String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(admin.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token.reveal())
            .header("Content-Type", "application/json")
            .build());
  }

  static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.text());
  }

  @Override
  public void close() {
    http.close();
  }
}
