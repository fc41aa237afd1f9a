package tranche.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tranche.gateway.TestGateway.arm;
import static tranche.gateway.TestGateway.cell;
import static tranche.gateway.TestGateway.instance;
import static tranche.gateway.TestGateway.tenant;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The gateway as a process: killed, restarted, asked to stop, unable to start.
final class ProcessTest {
  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private TestApp app;

  @BeforeEach
  void startApp() {
    app = TestApp.start("1", "a");
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    app.close();
  }

  private Process launch(Path config) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "tranche.gateway.GatewayMain",
                "--config",
                config.toString())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private JsonNode awaitRunning(Process process) {
    Path file = folder.resolve("state/gateway.json");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            Files.exists(file)
                && JsonMapper.shared().readTree(Files.readString(file)).get("pid").longValue()
                    == process.pid());
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> send(JsonNode running, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.get("listenPort") + path))
            .header("X-Tenant", "acme")
            .build(),
        BodyHandlers.ofString());
  }

  private int put(JsonNode running, int version) throws Exception {
    String table =
        "{\"epoch\":1,\"version\":%d,\"cells\":%s,\"tenants\":%s}"
            .formatted(
                version,
                cell(arm("1", instance(app))),
                "{" + tenant("acme", "tenant", "\"1\":100") + "}");
    return http.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + running.get("adminPort") + "/v1/routes"))
                .header("Authorization", "Bearer " + TestGateway.ADMIN_TOKEN)
                .PUT(BodyPublishers.ofString(table))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void killed_and_restarted_it_serves_its_last_table_and_refuses_an_older_one_I13()
      throws Exception {
    Path config = TestGateway.config(folder, "", freePort());
    Process first = launch(config);
    JsonNode before = awaitRunning(first);
    assertThat(put(before, 5)).isEqualTo(200);
    await().atMost(Duration.ofSeconds(10)).until(() -> send(before, "/").statusCode() == 200);
    first.destroyForcibly().waitFor();

    JsonNode after = awaitRunning(launch(config));

    // At once, without a phase in which nothing is known to be ready.
    HttpResponse<String> answer = send(after, "/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("1 a");
    assertThat(after.get("listenPort")).isEqualTo(before.get("listenPort"));
    assertThat(after.get("bootId")).isNotEqualTo(before.get("bootId"));
    assertThat(put(after, 4)).isEqualTo(409);
    assertThat(Files.readString(folder.resolve("state/gateway.json")))
        .doesNotContain(TestGateway.ADMIN_TOKEN);
    assertThat(logs()).doesNotContain(TestGateway.ADMIN_TOKEN, TestGateway.PREVIEW_TOKEN);
  }

  @Test
  void asked_to_stop_it_finishes_what_is_in_flight_and_accepts_nothing_new() throws Exception {
    Process process = launch(TestGateway.config(folder, "", 0));
    JsonNode running = awaitRunning(process);
    put(running, 1);
    await().atMost(Duration.ofSeconds(10)).until(() -> send(running, "/").statusCode() == 200);
    CompletableFuture<HttpResponse<String>> slow =
        http.sendAsync(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + running.get("listenPort") + "/slow"))
                .header("X-Tenant", "acme")
                .build(),
            BodyHandlers.ofString());
    await().atMost(Duration.ofSeconds(10)).until(() -> app.paths.contains("/slow?"));

    process.destroy();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> refuses(running.get("listenPort").intValue()));
    assertThat(slow).isNotDone();
    app.slowMayEnd.countDown();

    HttpResponse<String> answer = slow.get(5, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  private static boolean refuses(int port) {
    try (java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void what_prevents_the_start_is_said_with_its_exit_code() throws Exception {
    assertFails(folder.resolve("none.json"), 7, "gateway-config-unreadable");
    try (ServerSocket taken = new ServerSocket(0)) {
      assertFails(TestGateway.config(folder, "", taken.getLocalPort()), 7, "gateway-port-taken");
    }
    assertFails(TestGateway.config(folder, "\"x\": 1", 0), 2, "gateway-config-wrong");
    Files.writeString(folder.resolve("state/routes.json"), "{}");
    assertFails(TestGateway.config(folder, "", 0), 7, "gateway-routes-damaged");
    assertFails(TestGateway.config(folder, "", 0), 7, "gateway-routes-damaged");
    Path config = TestGateway.config(folder, "", 0);
    Files.writeString(
        config, Files.readString(config).replace(folder + "/state", "/proc/nothing/here"));
    assertFails(config, 7, "gateway-state-not-writable");
  }

  @Test
  void two_processes_never_share_a_state_folder() throws Exception {
    Path config = TestGateway.config(folder, "", 0);
    awaitRunning(launch(config));
    assertFails(config, 7, "gateway-state-in-use");
  }

  private void assertFails(Path config, int exitCode, String code) throws Exception {
    Process process = launch(config);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(logs()).contains(code).contains("why: ").contains("fix: ");
    assertThat(process.exitValue()).isEqualTo(exitCode);
  }

  private String logs() throws IOException {
    return Files.readString(folder.resolve("out.txt"))
        + Files.readString(folder.resolve("err.txt"));
  }
}
