package tranche.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tranche.gateway.TestGateway.arm;
import static tranche.gateway.TestGateway.cell;
import static tranche.gateway.TestGateway.instance;
import static tranche.gateway.TestGateway.tenant;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that try to confuse the gateway, and what the application is told.
final class HostileRequestsTest {
  @TempDir private Path folder;
  private TestApp app;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    app = TestApp.start("1", "a");
    gateway = TestGateway.start(folder, "\"requestTimeoutMillis\": 800, \"maxBodyBytes\": 1000");
    gateway.put(
        cell(arm("1", instance(app))),
        "{"
            + tenant("acme", "tenant", "\"1\":100")
            + ","
            + tenant("globex", "tenant", "\"1\":100")
            + "}");
    gateway.awaitReady("a");
  }

  @AfterEach
  void stop() {
    gateway.close();
    app.close();
  }

  private String raw(String... lines) throws Exception {
    return RawClient.exchange(
        gateway.port(), String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n");
  }

  private Map<String, List<String>> seen() {
    assertThat(app.seen).hasSize(1);
    return app.seen.element();
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme.example.com", "ACME.example.com:8000", "acme.localhost"})
  void the_host_names_the_tenant_and_the_application_is_told_exactly_one(String host)
      throws Exception {
    String answer = raw("GET / HTTP/1.1", "Host: " + host);
    assertThat(answer).startsWith("HTTP/1.1 200").contains("X-Tranche-Arm: 1");
    assertThat(seen())
        .containsEntry("x-tenant", List.of("acme"))
        .containsEntry("host", List.of(host))
        .containsEntry("x-forwarded-for", List.of("127.0.0.1"))
        .containsEntry("x-forwarded-proto", List.of("http"))
        .containsEntry("connection", List.of("keep-alive"))
        .containsKey("x-request-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:80",
        "acme",
        "[::1]:80",
        "nobody.example.com",
        ".acme.com",
        "acme.",
        "..",
        "a%00b.c",
        "acme/.example.com",
        "globex@acme.example.com"
      })
  void a_host_without_a_known_tenant_is_404_and_names_no_tenant(String host) throws Exception {
    String answer = raw("GET / HTTP/1.1", "Host: " + host);
    assertThat(answer).matches("(?s)HTTP/1.1 (404|400).*").doesNotContain("globex");
    assertThat(app.served).hasValue(0);
  }

  @Test
  void host_and_header_that_differ_are_400() throws Exception {
    assertThat(raw("GET / HTTP/1.1", "Host: acme.x.com", "X-Tenant: globex"))
        .startsWith("HTTP/1.1 400")
        .contains("gateway-tenant-contradiction");
    assertThat(app.served).hasValue(0);
  }

  @Test
  void two_tenant_headers_are_400_even_when_equal() throws Exception {
    assertThat(raw("GET / HTTP/1.1", "Host: x", "X-Tenant: acme", "x-tenant: acme"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void an_unknown_tenant_header_is_404_even_with_a_good_host() throws Exception {
    assertThat(raw("GET / HTTP/1.1", "Host: acme.x.com", "X-Tenant: nobody"))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void the_tenant_header_cannot_be_named_away_or_doubled() throws Exception {
    raw(
        "GET / HTTP/1.1",
        "Host: acme.x.com",
        "X-Tenant: acme",
        "X-Forwarded-For: 6.6.6.6",
        "X-Forwarded-Host: evil.com",
        "Forwarded: for=6.6.6.6",
        "X-Tranche-Arm: 2",
        "X-Tranche-Else: y",
        "X-Request-Id: my-id-1",
        "Upgrade: websocket",
        "Connection: X-Tenant, Upgrade, X-Hop",
        "X-Hop: z");
    assertThat(seen())
        .containsEntry("x-tenant", List.of("acme"))
        .containsEntry("x-forwarded-for", List.of("127.0.0.1"))
        .containsEntry("x-forwarded-host", List.of("acme.x.com"))
        .containsEntry("x-request-id", List.of("my-id-1"))
        .doesNotContainKeys("forwarded", "x-tranche-arm", "x-tranche-else", "upgrade", "x-hop");
  }

  @Test
  void a_request_id_that_could_forge_a_log_line_is_replaced() throws Exception {
    raw("GET / HTTP/1.1", "Host: acme.x.com", "X-Request-Id: a b\tc");
    assertThat(seen().get("x-request-id").getFirst()).doesNotContain(" ");
  }

  @Test
  void a_body_with_two_lengths_is_refused() throws Exception {
    for (String second : new String[] {"Transfer-Encoding: chunked", "Content-Length: 4"}) {
      assertThat(raw("POST / HTTP/1.1", "Host: acme.x.com", "Content-Length: 3", second))
          .startsWith("HTTP/1.1 400");
    }
    assertThat(raw("POST / HTTP/1.1", "Host: acme.x.com", "Transfer-Encoding: gzip, chunked"))
        .matches("(?s)HTTP/1.1 (400|501).*");
    assertThat(raw("POST / HTTP/1.1", "Host: acme.x.com", "Content-Length: -1"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET / HTTP/1.1", "Host: acme.x.com", "Host: globex.x.com"))
        .startsWith("HTTP/1.1 400");
    assertThat(app.served).hasValue(0);
  }

  @Test
  void connect_is_refused() throws Exception {
    assertThat(raw("CONNECT acme.x.com:443 HTTP/1.1", "Host: acme.x.com:443"))
        .matches("(?s)HTTP/1.1 (400|501).*");
  }

  @Test
  void a_body_that_is_announced_too_large_is_413() throws Exception {
    HttpResponse<String> answer = gateway.send("POST", "/", "x".repeat(1001), "X-Tenant", "acme");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("gateway-body-too-large");
    assertThat(app.served).hasValue(0);
  }

  @Test
  void a_chunked_body_that_grows_too_large_is_413() throws Exception {
    String chunk = "100\r\n" + "x".repeat(256) + "\r\n";
    String answer =
        RawClient.exchange(
            gateway.port(),
            "POST / HTTP/1.1\r\nHost: acme.x.com\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(40)
                + "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void a_body_of_the_allowed_size_passes_in_both_forms() throws Exception {
    assertThat(
            gateway
                .send("POST", "/", "x".repeat(1000), "X-Tenant", "acme")
                .headers()
                .firstValue("X-Body-Length"))
        .contains("1000");
    String chunked =
        raw(
            "POST / HTTP/1.1",
            "Host: acme.x.com",
            "Transfer-Encoding: chunked",
            "Connection: close",
            "",
            "5",
            "hello",
            "0");
    assertThat(chunked).startsWith("HTTP/1.1 200").contains("X-Body-Length: 5");
  }

  @Test
  void a_client_that_stops_sending_is_408_and_frees_its_place() throws Exception {
    String answer =
        RawClient.exchange(
            gateway.port(),
            "POST / HTTP/1.1\r\nHost: acme.x.com\r\nContent-Length: 100\r\n\r\nonly this");
    assertThat(answer).startsWith("HTTP/1.1 408");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> gateway.instance("a").get("inFlight").intValue() == 0);
    assertThat(gateway.stats("acme").get("1").get("errors").intValue()).isZero();
  }

  @Test
  void garbage_is_answered_and_does_no_harm() throws Exception {
    for (String garbage : new String[] {"\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "{\"a\":1}\r\n\r\n"}) {
      assertThat(RawClient.exchange(gateway.port(), garbage)).doesNotContain("200 OK");
    }
    assertThat(gateway.get("acme", "/").statusCode()).isEqualTo(200);
  }

  @Test
  void a_head_request_has_no_body_and_keeps_the_connection_usable() throws Exception {
    assertThat(gateway.send("HEAD", "/", "", "X-Tenant", "acme").statusCode()).isEqualTo(200);
    assertThat(gateway.get("acme", "/").body()).isEqualTo("1 a");
  }

  @Test
  void a_client_that_waits_for_100_continue_gets_it_or_the_refusal() throws Exception {
    String start = "POST /echo HTTP/1.1\r\nHost: acme.x.com\r\nExpect: 100-continue\r\n";
    assertThat(RawClient.exchange(gateway.port(), start + "Content-Length: 5000\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
    assertThat(RawClient.exchange(gateway.port(), start + "Content-Length: 5\r\n\r\nhello"))
        .endsWith("hello");
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws Exception {
    String one = "POST /echo HTTP/1.1\r\nHost: acme.x.com\r\nContent-Length: 3\r\n\r\n";
    String last = "GET / HTTP/1.1\r\nHost: globex.x.com\r\nConnection: close\r\n\r\n";
    String answers = RawClient.untilClosed(gateway.port(), one + "aaa" + one + "bbb" + last);
    assertThat(answers).containsSubsequence("aaa", "bbb", "1 a");
    assertThat(app.seen.stream().map(headers -> headers.get("x-tenant").getFirst()))
        .containsExactly("acme", "acme", "globex");
  }
}
