package tranche.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tranche.gateway.TestGateway.arm;
import static tranche.gateway.TestGateway.cell;
import static tranche.gateway.TestGateway.instance;
import static tranche.gateway.TestGateway.tenant;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client sees when an instance fails, and how often the instance saw the request.
final class FailuresTest {
  private static final String ONLY_1 = "{" + tenant("acme", "tenant", "\"1\":100") + "}";

  @TempDir private Path folder;
  private TestApp app;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    app = TestApp.start("1", "good");
    gateway = TestGateway.start(folder, "\"requestTimeoutMillis\": 800, \"maxBodyBytes\": 100000");
  }

  @AfterEach
  void stop() {
    app.close();
    gateway.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void a_get_is_repeated_on_another_instance_when_the_connection_dies_unanswered()
      throws Exception {
    try (RawServer dying = RawServer.answering("")) {
      gateway.put(cell(arm("1", instance("dying", dying.port(), false), instance(app))), ONLY_1);
      gateway.awaitReady("dying", "good");
      for (int i = 0; i < 10; i++) {
        assertThat(gateway.get("acme", "/").body()).isEqualTo("1 good");
      }
      assertThat(dying.requests).hasValueGreaterThan(0);
      assertThat(app.served).hasValue(10);
    }
  }

  @Test
  void a_post_whose_connection_dies_is_sent_once_and_answered_502() throws Exception {
    try (RawServer dying = RawServer.answering("")) {
      gateway.put(cell(arm("1", instance("dying", dying.port(), false))), ONLY_1);
      gateway.awaitReady("dying");

      HttpResponse<String> answer = gateway.send("POST", "/x", "body", "X-Tenant", "acme");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("gateway-upstream-failed");
      assertThat(answer.headers().firstValue("X-Tranche-Arm")).isEmpty();
      assertThat(dying.requests).hasValue(1);
      assertThat(gateway.stats("acme").get("1").get("errors").intValue()).isEqualTo(1);
    }
  }

  @Test
  void a_post_that_may_have_arrived_is_never_sent_to_another_instance() throws Exception {
    try (RawServer dying = RawServer.answering("")) {
      gateway.put(cell(arm("1", instance("dying", dying.port(), false), instance(app))), ONLY_1);
      gateway.awaitReady("dying", "good");
      int broken = 0;
      for (int i = 0; i < 20; i++) {
        // Without a body nothing but the method forbids the repeat.
        String method = i % 4 < 2 ? "POST" : "PATCH";
        int status = gateway.send(method, "/x", "", "X-Tenant", "acme").statusCode();
        assertThat(status).isIn(200, 502);
        broken += status == 502 ? 1 : 0;
      }
      assertThat(broken).isPositive();
      assertThat(dying.requests).hasValue(broken);
      assertThat(app.served).hasValue(20 - broken);
    }
  }

  @Test
  void a_post_goes_to_another_instance_when_nothing_could_be_sent() throws Exception {
    TestApp gone = TestApp.start("1", "gone");
    gateway.put(cell(arm("1", instance(gone), instance(app))), ONLY_1);
    gateway.awaitReady("gone", "good");
    gone.close();

    for (int i = 0; i < 20; i++) {
      assertThat(gateway.send("POST", "/x", "body " + i, "X-Tenant", "acme").statusCode())
          .isEqualTo(200);
    }
    assertThat(app.served).hasValue(20);
  }

  @Test
  void a_refused_connection_makes_the_instance_not_ready_at_once() throws Exception {
    TestApp gone = TestApp.start("1", "gone");
    gateway.put(cell(arm("1", instance(gone), instance(app))), ONLY_1);
    gateway.awaitReady("gone", "good");
    gone.close();
    for (int i = 0; i < 4; i++) {
      assertThat(gateway.get("acme", "/").statusCode()).isEqualTo(200);
    }
    gateway.awaitNotReady("gone");
    assertThat(gateway.instance("gone").get("reason").stringValue()).isNotEmpty();
  }

  @Test
  void nothing_listening_is_never_given_a_request_and_503_says_so() throws Exception {
    gateway.put(cell(arm("1", instance("nobody", freePort(), false))), ONLY_1);
    assertThat(gateway.get("acme", "/").statusCode()).isEqualTo(503);
  }

  @Test
  void a_hanging_instance_is_answered_504_and_counted() throws Exception {
    gateway.put(cell(arm("1", instance(app))), ONLY_1);
    gateway.awaitReady("good");

    HttpResponse<String> get = gateway.get("acme", "/hang");
    HttpResponse<String> post = gateway.send("POST", "/hang", "x", "X-Tenant", "acme");

    assertThat(get.statusCode()).isEqualTo(504);
    assertThat(get.body()).contains("gateway-upstream-timeout");
    assertThat(post.statusCode()).isEqualTo(504);
    assertThat(app.served).hasValue(2);
    assertThat(gateway.stats("acme").get("1").get("errors").intValue()).isEqualTo(2);
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> gateway.instance("good").get("inFlight").intValue() == 0);
  }

  @Test
  void an_answer_with_5xx_passes_unchanged_and_is_not_repeated() throws Exception {
    TestApp other = TestApp.start("1", "other");
    gateway.put(cell(arm("1", instance(app), instance(other))), ONLY_1);
    gateway.awaitReady("good", "other");
    app.status = 500;
    other.status = 500;

    assertThat(gateway.get("acme", "/").statusCode()).isEqualTo(500);

    assertThat(app.served.get() + other.served.get()).isEqualTo(1);
    assertThat(gateway.stats("acme").get("1").get("errors").intValue()).isEqualTo(1);
    other.close();
  }

  @Test
  void an_answer_that_breaks_off_is_seen_as_broken_by_the_client_and_counted() throws Exception {
    String half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this";
    try (RawServer cut = RawServer.answering(half)) {
      gateway.put(cell(arm("1", instance("cut", cut.port(), false))), ONLY_1);
      gateway.awaitReady("cut");

      assertThatThrownBy(() -> gateway.get("acme", "/")).isInstanceOf(IOException.class);

      assertThat(cut.requests).hasValue(1);
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> gateway.stats("acme").get("1").get("errors").intValue() == 1);
    }
  }

  @Test
  void an_answer_ended_by_closing_the_connection_is_passed_whole() throws Exception {
    String untilClose = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it";
    try (RawServer closing = RawServer.answering(untilClose)) {
      gateway.put(cell(arm("1", instance("closing", closing.port(), false))), ONLY_1);
      gateway.awaitReady("closing");
      assertThat(gateway.get("acme", "/").body()).isEqualTo("all of it");
    }
  }

  @Test
  void an_answer_that_is_not_http_is_502() throws Exception {
    try (RawServer wrong = RawServer.answering("SSH-2.0-OpenSSH\r\n\r\n")) {
      gateway.put(cell(arm("1", instance("wrong", wrong.port(), false))), ONLY_1);
      gateway.awaitReady("wrong");
      HttpResponse<String> answer = gateway.get("acme", "/");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
      assertThat(wrong.requests).hasValue(1);
    }
  }

  @Test
  void a_full_arm_answers_503_and_recovers() throws Exception {
    gateway.close();
    gateway =
        TestGateway.start(
            folder, "\"requestTimeoutMillis\": 5000, \"maxConnectionsPerInstance\": 2");
    gateway.put(cell(arm("1", instance(app))), ONLY_1);
    gateway.awaitReady("good");
    Thread first = Thread.ofVirtual().start(() -> quietly("/slow"));
    Thread second = Thread.ofVirtual().start(() -> quietly("/slow"));
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> gateway.instance("good").get("inFlight").intValue() == 2);

    HttpResponse<String> full = gateway.get("acme", "/");
    app.slowMayEnd.countDown();
    first.join();
    second.join();

    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(full.body()).contains("gateway-instances-full");
    await().atMost(Duration.ofSeconds(5)).until(() -> gateway.get("acme", "/").statusCode() == 200);
  }

  private void quietly(String path) {
    try {
      gateway.get("acme", path);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_connection_that_the_application_closed_in_the_meantime_costs_no_post() throws Exception {
    String keepAlive = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    try (RawServer closing = RawServer.answering(keepAlive)) {
      gateway.put(cell(arm("1", instance("closing", closing.port(), false))), ONLY_1);
      gateway.awaitReady("closing");
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.send("POST", "/", "x", "X-Tenant", "acme").body()).isEqualTo("ok");
        // Two requests of another kind give the gateway time to notice the closed connection.
        gateway.readyIds();
        gateway.readyIds();
      }
      assertThat(closing.requests).hasValue(20);
    }
  }

  @Test
  void a_restarted_instance_on_the_same_port_gets_posts_on_new_connections() throws Exception {
    TestApp first = TestApp.start("1", "r");
    int port = first.port();
    gateway.put(cell(arm("1", instance(first))), ONLY_1);
    gateway.awaitReady("r");
    assertThat(gateway.send("POST", "/", "x", "X-Tenant", "acme").statusCode()).isEqualTo(200);
    first.close();
    gateway.awaitNotReady("r");
    try (TestApp second = TestApp.startOn(port, "1", "r")) {
      gateway.awaitReady("r");
      assertThat(gateway.send("POST", "/", "x", "X-Tenant", "acme").statusCode()).isEqualTo(200);
      assertThat(second.served).hasValue(1);
    }
  }

  @Test
  void a_client_that_goes_away_in_the_middle_is_not_the_fault_of_the_arm() throws Exception {
    gateway.put(cell(arm("1", instance(app))), ONLY_1);
    gateway.awaitReady("good");
    for (int i = 0; i < 5; i++) {
      try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), gateway.port())) {
        socket
            .getOutputStream()
            .write("GET /big HTTP/1.1\r\nHost: acme.x.com\r\n\r\n".getBytes(US_ASCII));
        assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
      }
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> gateway.stats("acme").path("1").path("requests").intValue() == 5);
    assertThat(gateway.stats("acme").get("1").get("errors").intValue()).isZero();
    assertThat(gateway.instance("good").get("inFlight").intValue()).isZero();
  }

  @Test
  void an_answer_before_the_body_was_read_does_not_spoil_the_next_request() throws Exception {
    gateway.put(cell(arm("1", instance(app))), ONLY_1);
    gateway.awaitReady("good");
    String body = "x".repeat(90_000);
    for (int i = 0; i < 30; i++) {
      assertThat(gateway.send("POST", "/early", body, "X-Tenant", "acme").statusCode())
          .isEqualTo(200);
      assertThat(gateway.send("POST", "/echo", body, "X-Tenant", "acme").body()).isEqualTo(body);
    }
  }
}
