package tranche.drivers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tranche.core.fleet.TenantId;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.ReleaseId;
import tranche.core.secret.Secret;
import tranche.core.verify.Check;
import tranche.core.verify.Check.Expectation;
import tranche.core.verify.Check.Request;
import tranche.core.verify.Suite;
import tranche.engine.verify.Verifier.Door;

/// Against a real HTTP server.
class HttpVerifierTest {
  private static final String TOKEN = "a-preview-token-of-this-test";
  private static final ReleaseId RELEASE = new ReleaseId("2026.11");
  private static final TenantId ACME = new TenantId("acme");

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          seen.add(said(exchange));
          respond(exchange, 200, "{\"tenant\":\"" + tenant(exchange) + "\"}");
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tenants_that_pass_are_not_in_the_result() {
    Suite suite = suite(get("/version", 200, Map.of("/tenant", "{tenant}")));
    List<TenantId> many =
        java.util.stream.IntStream.range(0, 20).mapToObj(i -> new TenantId("t" + i)).toList();

    assertThat(verifier().verify(List.of(suite), RELEASE, many, Door.FRONT)).isEmpty();
    assertThat(seen).hasSize(20);
  }

  @Test
  void a_failing_tenant_does_not_hide_the_others() {
    answers("/picky", exchange -> tenant(exchange).equals("acme") ? 200 : 503, "{}");
    List<TenantId> both = List.of(ACME, new TenantId("initech"));

    Map<TenantId, RecordedProblem> failed =
        verifier().verify(List.of(suite(get("/picky", 200, Map.of()))), RELEASE, both, Door.FRONT);

    assertThat(failed).containsOnlyKeys(new TenantId("initech"));
    assertThat(failed.get(new TenantId("initech")).code()).isEqualTo("check-failed");
    assertThat(failed.get(new TenantId("initech")).what())
        .contains("initech", "'a check'", "smoke", "status 503 instead of 200");
  }

  @Test
  void a_preview_names_the_arm_and_shows_the_token_only_to_the_gateway() {
    answers("/leak", _ -> 500, "your token was " + TOKEN);

    assertThat(finding(Door.PREVIEW, get("/x", 200, Map.of()))).isEmpty();
    assertThat(seen.remove()).contains("X-tranche-arm=2026.11", "X-tenant=acme", TOKEN);
    assertThat(finding(Door.FRONT, get("/x", 200, Map.of()))).isEmpty();
    assertThat(seen.remove()).doesNotContain("X-tranche").doesNotContain(TOKEN);
    assertThat(finding(Door.PREVIEW, get("/leak", 200, Map.of())))
        .contains("your token was ••••")
        .doesNotContain(TOKEN);
  }

  @Test
  void captured_values_go_into_later_paths_bodies_and_expectations() {
    answers("/teams", _ -> 201, "{\"id\": 17, \"name\": \"a \\\"b\\\" & c\"}");
    Check create =
        new Check(
            "create",
            new Request(
                "POST", "/teams", Map.of("X-Run", "{run}"), Optional.of("{\"n\": \"{run}\"}")),
            new Expectation(201, Map.of("/id", "17")),
            Map.of("team", "/id", "name", "/name"));
    Check read =
        new Check(
            "read",
            new Request(
                "PUT",
                "/members/{team}/{name}?t={tenant}",
                Map.of(),
                Optional.of("{\"name\": \"{name}\", \"id\": {team}}")),
            new Expectation(200, Map.of("/tenant", "acme")),
            Map.of());

    assertThat(finding(Door.FRONT, create, read)).isEmpty();

    assertThat(seen.remove())
        .contains("PUT /members/17/a%20%22b%22%20%26%20c?t=acme")
        .contains("{\"name\": \"a \\\"b\\\" & c\", \"id\": 17}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/text | plain",
        "/number | 17",
        "/price | 1.50",
        "/yes | true",
        "/nothing | null",
        "/list/1 | b",
        "/a~1b | slash",
      })
  void values_are_compared_in_their_json_form(String pointer, String expected) {
    answers(
        "/values",
        _ -> 200,
        """
        {"text": "plain", "number": 17, "price": 1.50, "yes": true, "nothing": null,
         "list": ["a", "b"], "a/b": "slash"}
        """);

    assertThat(finding(Door.FRONT, get("/values", 200, Map.of(pointer, expected)))).isEmpty();
    assertThat(finding(Door.FRONT, get("/values", 200, Map.of(pointer, "other"))))
        .contains(pointer + " is '" + expected + "' instead of 'other'");
  }

  @Test
  void what_cannot_be_compared_has_not_passed() {
    answers("/html", _ -> 200, "<html>\u0007" + "x".repeat(400));
    answers("/moved", _ -> 302, "");

    assertThat(finding(Door.FRONT, get("/html", 200, Map.of("/a", "1"))))
        .contains("not JSON")
        .hasSizeLessThan(400);
    assertThat(finding(Door.FRONT, get("/x", 200, Map.of("/missing", "1"))))
        .contains("there is nothing at /missing");
    assertThat(finding(Door.FRONT, get("/x", 200, Map.of("missing", "1"))))
        .contains("no JSON pointer");
    assertThat(finding(Door.FRONT, get("/moved", 200, Map.of()))).contains("status 302");
    assertThat(finding(Door.FRONT, get("/x/{nobody}", 200, Map.of()))).contains("{nobody}");
    assertThat(finding(Door.FRONT, get("no-slash", 200, Map.of()))).contains("no-slash");
  }

  @Test
  void the_first_failing_check_ends_the_suite() {
    assertThat(finding(Door.FRONT, get("/x", 201, Map.of()), get("/y", 200, Map.of())))
        .contains("status 200 instead of 201");
    assertThat(seen).hasSize(1);
  }

  @Test
  void i5_nothing_to_verify_is_no_pass() {
    assertThat(verifier().verify(List.of(), RELEASE, List.of(ACME), Door.FRONT))
        .containsOnlyKeys(ACME);
    assertThat(finding(Door.FRONT)).contains("has no check");
    assertThat(seen).isEmpty();
  }

  @Test
  void no_answer_is_no_pass() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    server.createContext(
        "/stalls",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          awaitLatch(never);
        });
    answers("/huge", _ -> 200, "x".repeat(1024 * 1024 + 1));

    assertThat(finding(Door.FRONT, get("/stalls", 200, Map.of()))).contains("no answer within");
    assertThat(finding(Door.FRONT, get("/huge", 200, Map.of()))).contains("no answer to GET /huge");
    never.countDown();
    assertThat(
            verifier(portOfNobody())
                .verify(List.of(suite(get("/", 200, Map.of()))), RELEASE, List.of(ACME), Door.FRONT)
                .get(ACME)
                .what())
        .contains("ConnectException");
  }

  @Test
  void an_interrupted_verification_has_no_result() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    server.createContext(
        "/waits",
        _ -> {
          inside.countDown();
          awaitLatch(never);
        });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        Thread.ofPlatform()
            .start(() ->
                thrown.set(
                    catchThrowable(() -> finding(Door.FRONT, get("/waits", 200, Map.of())))));
    inside.await();
    caller.interrupt();
    await().atMost(Duration.ofSeconds(10)).until(() -> thrown.get() != null);
    never.countDown();

    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
  }

  private String finding(Door door, Check... checks) {
    RecordedProblem problem =
        verifier().verify(List.of(suite(checks)), RELEASE, List.of(ACME), door).get(ACME);
    return problem == null ? "" : problem.what();
  }

  private static Suite suite(Check... checks) {
    return new Suite("smoke", List.of(checks));
  }

  private static Check get(String path, int status, Map<String, String> json) {
    return new Check(
        "a check",
        new Request("GET", path, Map.of(), Optional.empty()),
        new Expectation(status, json),
        Map.of());
  }

  private HttpVerifier verifier() {
    return verifier(server.getAddress().getPort());
  }

  private static HttpVerifier verifier(int port) {
    URI front = URI.create("http://127.0.0.1:" + port);
    return new HttpVerifier(
        new VerifierSettings(() -> front, "X-Tenant", Secret.of(TOKEN), Duration.ofSeconds(2), 4));
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return closed.getLocalPort();
    }
  }

  private interface Status {
    int of(HttpExchange exchange);
  }

  private void answers(String path, Status status, String body) {
    server.createContext(path, exchange -> respond(exchange, status.of(exchange), body));
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String said(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    StringBuilder headers = new StringBuilder();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers.append(name).append('=').append(values.getFirst()).append(' '));
    return exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + headers + body;
  }

  private static String tenant(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("X-Tenant"));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
