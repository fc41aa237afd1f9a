package tranche.e2e.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The gateway as tenants meet it, and its table of routes.
public final class Gateway {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final int front;
  private final int admin;
  private final String token;

  private Gateway(int front, int admin, String token) {
    this.front = front;
    this.admin = admin;
    this.token = token;
  }

  /// An answer to a tenant: its status, the release that gave it, and its JSON.
  public record Answer(int status, String release, JsonNode body) {}

  static Gateway of(Path data) throws IOException {
    JsonNode node = JSON.readTree(Files.readString(data.resolve("gateway/state/gateway.json")));
    String token = Files.readString(data.resolve("secrets/gateway-admin")).strip();
    return new Gateway(node.path("listenPort").asInt(), node.path("adminPort").asInt(), token);
  }

  /// Where tenants ask.
  public URI front() {
    return URI.create("http://127.0.0.1:" + front);
  }

  /// Asks as a tenant; an empty body is none.
  public Answer ask(String tenant, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(front().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("X-Tenant", tenant)
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("X-Release").orElse(""),
        JSON.readTree(response.body().isEmpty() ? "{}" : response.body()));
  }

  /// Each tenant's route, as the gateway has it.
  public Map<String, String> routes() throws IOException, InterruptedException {
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/v1/routes"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofString());
    Map<String, String> routes = new TreeMap<>();
    JSON.readTree(response.body())
        .path("tenants")
        .properties()
        .forEach(t -> routes.put(t.getKey(), t.getValue().toString()));
    if (routes.isEmpty()) {
      throw new AssertionError("no routes in " + response.statusCode() + " " + response.body());
    }
    return routes;
  }
}
