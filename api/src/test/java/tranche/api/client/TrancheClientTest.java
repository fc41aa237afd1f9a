package tranche.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
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
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tranche.api.fleet.TenantQuery;
import tranche.api.rollout.RolloutJson;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;
import tranche.core.secret.Secret;

/// The client against servers that answer as they should not. How it fits the real one is tested
/// with that.
@Timeout(30)
class TrancheClientTest {
  private HttpServer server;
  private TrancheClient client;
  private final List<Headers> headers = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = "{\"version\":\"1\",\"inCharge\":true}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client = client(server.getAddress().getPort(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private static TrancheClient client(int port, Duration timeout) {
    URI address = URI.create("http://127.0.0.1:" + port + "/");
    return new TrancheClient(new ClientSettings(address, Secret.of("s3cret"), "nina", timeout));
  }

  private void answer(HttpExchange exchange) throws IOException {
    headers.add(exchange.getRequestHeaders());
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Problem problem(Runnable call) {
    try {
      call.run();
    } catch (ProblemException e) {
      return e.problem();
    }
    throw new AssertionError("no problem");
  }

  @Test
  void a_request_says_who_asks_and_shows_the_token() {
    assertThat(client.version().version()).isEqualTo("1");

    assertThat(requests).containsExactly("GET /api/v1/version");
    assertThat(headers.getFirst().getFirst("Authorization")).isEqualTo("Bearer s3cret");
    assertThat(headers.getFirst().getFirst("X-Tranche-User")).isEqualTo("nina");
    assertThat(headers.getFirst()).doesNotContainKey("Idempotency-Key");
  }

  @Test
  void every_change_has_a_key_and_a_key_of_the_callers_is_kept() {
    answer = "{}";
    for (int i = 0; i < 2; i++) {
      assertThat(problem(() -> client.pause("r-1", "x")).code()).isEqualTo("answer-not-understood");
      assertThat(problem(() -> client.withIdempotencyKey("mine").resume("r-1")).code())
          .isEqualTo("answer-not-understood");
    }
    List<String> keys = headers.stream().map(h -> h.getFirst("Idempotency-Key")).toList();

    assertThat(keys.get(0)).hasSize(36).isNotEqualTo(keys.get(2));
    assertThat(List.of(keys.get(1), keys.get(3))).containsOnly("mine");
  }

  @Test
  void names_in_paths_and_queries_are_encoded() {
    answer = "{\"items\":[],\"total\":0}";
    var query =
        new TenantQuery(
            Optional.of("a&b=c"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("ä +"),
            7,
            Optional.empty());
    assertThat(client.tenants(query).items()).isEmpty();
    assertThat(problem(() -> client.tenant("../x y")).code()).isEqualTo("answer-not-understood");

    assertThat(requests)
        .containsExactly(
            "GET /api/v1/tenants?tier=a%26b%3Dc&q=%C3%A4+%2B&limit=7",
            "GET /api/v1/tenants/..%2Fx%20y");
  }

  @Test
  void a_problem_of_the_server_is_said_as_it_was() {
    status = 409;
    answer =
        "{\"type\":\"t\",\"title\":\"t\",\"status\":409,\"detail\":\"d\",\"code\":\"not-now\","
            + "\"kind\":\"conflict\",\"what\":\"W\",\"why\":\"Y\",\"fix\":\"F\",\"traceId\":\"0\"}";

    Problem problem = problem(() -> client.rollout("r-1"));

    assertThat(problem.code()).isEqualTo("not-now");
    assertThat(problem.kind()).isEqualTo(ProblemKind.CONFLICT);
    assertThat(problem.fix()).isEqualTo("F");
  }

  @Test
  void another_program_at_the_address_is_recognised() {
    answer = "<html>" + "x".repeat(10_000);
    Problem html = problem(() -> client.version());
    status = 502;
    Problem proxy = problem(() -> client.version());
    status = 302;
    Problem redirect = problem(() -> client.version());

    assertThat(List.of(html, proxy, redirect))
        .allSatisfy(p -> {
          assertThat(p.code()).isEqualTo("answer-not-understood");
          assertThat(p.kind()).isEqualTo(ProblemKind.ENVIRONMENT);
          assertThat(p.what()).hasSizeLessThan(400);
        });
    assertThat(proxy.what()).contains("status 502");
    assertThat(requests).hasSize(3);
  }

  @Test
  void nobody_at_the_address_is_said_with_the_address_and_the_way_out() {
    int port = server.getAddress().getPort();
    server.stop(0);

    Problem problem = problem(() -> client.fleet());

    assertThat(problem.code()).isEqualTo("server-unreachable");
    assertThat(problem.what()).contains("http://127.0.0.1:" + port).contains("connection refused");
    assertThat(problem.fix()).contains("tranche up");
    assertThat(problem.what() + problem.why() + problem.fix()).doesNotContain("s3cret");
  }

  @Test
  void a_server_that_takes_too_long_is_said_to() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        TrancheClient hasty = client(silent.getLocalPort(), Duration.ofMillis(200))) {
      Problem problem = problem(() -> hasty.start("7f3a91c"));

      assertThat(problem.code()).isEqualTo("server-too-slow");
      assertThat(problem.what()).contains("POST /api/v1/rollouts");
    }
  }

  @Test
  void an_interrupted_caller_keeps_its_flag() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        TrancheClient other = client(silent.getLocalPort(), Duration.ofSeconds(20))) {
      Thread.currentThread().interrupt();
      Problem problem = problem(() -> other.version());

      assertThat(Thread.interrupted()).isTrue();
      assertThat(problem.code()).isEqualTo("server-unreachable");
    }
  }

  @Test
  void settings_show_no_token_and_refuse_what_cannot_be() {
    URI address = URI.create("http://localhost:1");
    Secret token = Secret.of("s3cret");
    Duration second = Duration.ofSeconds(1);

    assertThat(new ClientSettings(address, token, "n", second).toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> new ClientSettings(URI.create("file:/x"), token, "n", second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClientSettings(address, token, "a\nb", second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClientSettings(address, token, "n", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_stream_that_is_refused_for_good_is_not_asked_for_again() {
    status = 401;
    answer =
        "{\"type\":\"t\",\"title\":\"t\",\"status\":401,\"detail\":\"d\",\"code\":\"not-signed-in\","
            + "\"kind\":\"not-allowed\",\"what\":\"W\",\"why\":\"Y\",\"fix\":\"F\",\"traceId\":\"0\"}";

    assertThatThrownBy(() -> client.events(0, _ -> EventConsumer.Next.STOP))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("not-signed-in"));
    assertThat(requests).containsExactly("GET /api/v1/events?after=0");
  }

  @Test
  void records_of_answers_cannot_be_changed() {
    assertThatThrownBy(() -> new RolloutJson.FailedJson(0, List.of()).items().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
