package tranche.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tranche.gateway.config.ConfigFile;

/// A gateway with its ports, and a client for both of them.
final class TestGateway implements AutoCloseable {
  static final String ADMIN_TOKEN = "admin-token-for-tests-only";
  static final String PREVIEW_TOKEN = "preview-token-for-tests-only";

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  static {
    LogSetup.apply();
  }

  private final Gateway gateway;
  private final AtomicLong version = new AtomicLong();

  private TestGateway(Gateway gateway) {
    this.gateway = gateway;
  }

  static TestGateway start(Path folder) throws Exception {
    return start(folder, "\"requestTimeoutMillis\": 3000, \"maxBodyBytes\": 100000");
  }

  static TestGateway start(Path folder, String limits) throws Exception {
    return new TestGateway(
        Gateway.start(ConfigFile.read(config(folder, limits, 0)), Clock.systemUTC()));
  }

  static Path config(Path folder, String limits, int port) throws IOException {
    Path file = folder.resolve("config.json");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        """
        {"listen": {"host": "127.0.0.1", "port": %d},
         "admin": {"host": "127.0.0.1", "port": 0, "token": "%s"},
         "previewToken": "%s",
         "stateFolder": "%s",
         "limits": {%s},
         "health": {"intervalMillis": 50, "timeoutMillis": 500}}
        """
            .formatted(port, ADMIN_TOKEN, PREVIEW_TOKEN, folder.resolve("state"), limits));
  }

  int port() {
    return gateway.running().listenPort();
  }

  int adminPort() {
    return gateway.running().adminPort();
  }

  /// One cell `c` with these instances, and these tenants.
  JsonNode put(String cells, String tenants) throws Exception {
    return ok(
        admin(
            "PUT",
            "/v1/routes",
            "{\"epoch\":1,\"version\":%d,\"cells\":%s,\"tenants\":%s}"
                .formatted(version.incrementAndGet(), cells, tenants)));
  }

  JsonNode patch(String cells, String tenants) throws Exception {
    return ok(
        admin(
            "PATCH",
            "/v1/routes",
            "{\"epoch\":1,\"version\":%d,\"cells\":%s,\"tenants\":%s}"
                .formatted(version.incrementAndGet(), cells, tenants)));
  }

  static JsonNode ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  HttpResponse<String> admin(String method, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort() + path))
            .header("Authorization", "Bearer " + ADMIN_TOKEN)
            .timeout(Duration.ofSeconds(20))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /// Sends a request of a tenant; `headers` are name, value, name, value.
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String tenant, String path) throws IOException, InterruptedException {
    return send("GET", path, "", "X-Tenant", tenant);
  }

  void awaitReady(String... ids) {
    await().atMost(Duration.ofSeconds(10)).until(() -> readyIds().containsAll(List.of(ids)));
  }

  void awaitNotReady(String id) {
    await().atMost(Duration.ofSeconds(10)).until(() -> !readyIds().contains(id));
  }

  List<String> readyIds() throws Exception {
    return stream(ok(admin("GET", "/v1/instances", "")))
        .filter(instance -> instance.get("ready").booleanValue())
        .map(instance -> instance.get("id").stringValue())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  JsonNode instance(String id) throws Exception {
    return stream(ok(admin("GET", "/v1/instances", "")))
        .filter(instance -> instance.get("id").stringValue().equals(id))
        .findFirst()
        .orElseGet(() -> JsonMapper.shared().createObjectNode());
  }

  JsonNode stats(String... tenants) throws Exception {
    String ids = List.of(tenants).stream().collect(Collectors.joining("\",\"", "\"", "\""));
    return ok(admin("POST", "/v1/stats", "{\"tenants\":[" + ids + "]}")).get("arms");
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /// JSON of an instance.
  static String instance(TestApp app) {
    return instance(app.id(), app.port(), false);
  }

  static String instance(String id, int port, boolean draining) {
    return "{\"id\":\"%s\",\"host\":\"127.0.0.1\",\"port\":%d,\"draining\":%b}"
        .formatted(id, port, draining);
  }

  /// JSON of an arm, as a member.
  static String arm(String release, String... instances) {
    return "\"%s\":{\"instances\":[%s]}".formatted(release, String.join(",", instances));
  }

  /// JSON of the cells object with the one cell `c`.
  static String cell(String... arms) {
    return "{\"c\":{\"arms\":{" + String.join(",", arms) + "}}}";
  }

  /// JSON of a tenant, as a member.
  static String tenant(String id, String sticky, String arms) {
    return "\"%s\":{\"cell\":\"c\",\"arms\":{%s},\"sticky\":\"%s\"}".formatted(id, arms, sticky);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
