package issuetracker.tests;

import issuetracker.json.Json;
import issuetracker.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/// A user of one tenant, talking to one instance.
final class Client {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final String tenant;

  Client(int port, String tenant) {
    this.port = port;
    this.tenant = tenant;
  }

  record Answer(int status, JsonObject json, HttpResponse<byte[]> response) {
    String text(String name) {
      return json.text(name).orElse("null");
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  Answer post(String path, String json) throws IOException, InterruptedException {
    return send("POST", path, json);
  }

  Answer patch(UUID issue, String json) throws IOException, InterruptedException {
    return send("PATCH", "/issues/" + issue, json);
  }

  Answer createIssue(UUID id, String priority) throws IOException, InterruptedException {
    return post(
        "/issues", "{\"id\":\"%s\",\"title\":\"t\",\"priority\":\"%s\"}".formatted(id, priority));
  }

  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(20))
            .header("X-Tenant", tenant)
            .build();
    HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    boolean json =
        response.headers().firstValue("Content-Type").orElse("").equals("application/json");
    return new Answer(
        response.statusCode(), json ? Json.read(response.body()) : new JsonObject(), response);
  }
}
