package issuetracker.load;

import static issuetracker.tests.Wait.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The load generator against a server that lies in every way it must notice.
final class LoadTest {
  private static final Tenants ACME = new Tenants(List.of("acme"), "test");

  @TempDir private Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private ExecutorService workers;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    workers = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(workers);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    workers.shutdownNow();
  }

  @Test
  void an_honest_server_is_counted_as_such() throws Exception {
    answer(201, "acme", "{\"tenant\":\"acme\",\"title\":\"load 0 for acme\"}");
    JsonNode report = run(new Mix(100, 0, 0));
    assertThat(report.get("ok").asLong()).isPositive().isEqualTo(report.get("sent").asLong());
    assertThat(report.get("failed").asLong()).isZero();
    assertThat(report.get("byRelease").get("9.9").asLong()).isEqualTo(report.get("sent").asLong());
    assertThat(report.get("latencyMillis").get("p99").asDouble()).isPositive();
    assertThat(report.get("finished").asBoolean()).isTrue();
    assertThat(Files.readAllLines(folder.resolve("journal")))
        .hasSize(report.get("ok").asInt())
        .first()
        .asString()
        .matches("0\tacme\t[0-9a-f-]{36}");
  }

  @Test
  void another_tenant_in_the_header_is_noticed() throws Exception {
    answer(201, "globex", "{\"tenant\":\"acme\"}");
    assertWrongTenant(run(new Mix(100, 0, 0)), "the header names another tenant");
  }

  @Test
  void another_tenant_in_the_body_is_noticed() throws Exception {
    answer(201, "acme", "{\"tenant\":\"globex\"}");
    assertWrongTenant(run(new Mix(100, 0, 0)), "the body names another tenant");
  }

  @Test
  void a_listed_issue_of_another_tenant_is_noticed() throws Exception {
    answer(200, "acme", "{\"tenant\":\"acme\",\"issues\":[{\"tenant\":\"globex\"}]}");
    assertWrongTenant(run(new Mix(0, 100, 0)), "the body names another tenant");
  }

  @Test
  void a_listed_issue_whose_title_is_another_tenants_is_noticed() throws Exception {
    answer(
        200,
        "acme",
        "{\"tenant\":\"acme\",\"issues\":[{\"tenant\":\"acme\",\"title\":\"load 7 for globex\"}]}");
    assertWrongTenant(run(new Mix(0, 100, 0)), "an issue of another tenant was answered");
  }

  @Test
  void error_statuses_are_failures_and_are_not_tried_again() throws Exception {
    answer(503, "acme", "{}");
    JsonNode report = run(new Mix(50, 50, 0));
    assertThat(report.get("failedByCause").get("status 503").asLong())
        .isEqualTo(report.get("sent").asLong())
        .isEqualTo(requests.get());
    assertThat(report.get("failures").get(0).get("release").asString()).isEqualTo("9.9");
    assertThat(Files.readString(folder.resolve("journal"))).isEmpty();
  }

  @Test
  void an_answer_that_names_no_tenant_is_a_failure() throws Exception {
    answer(200, "", "{\"tenant\":\"acme\",\"issues\":[]}");
    assertThat(run(new Mix(0, 100, 0)).get("failedByCause").get("the answer names no tenant"))
        .isNotNull();
  }

  @Test
  void a_connection_closed_without_an_answer_is_one_failure_and_one_request() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          // Every other request of a connection is dropped: the client is then on a reused
          // connection,
          // which is where the JDK's client would send a GET again by itself.
          if (requests.getAndIncrement() % 2 == 0) {
            reply(exchange, 200, "acme", "{\"tenant\":\"acme\",\"issues\":[]}");
          } else {
            exchange.close();
          }
        });
    JsonNode report = run(new Mix(0, 100, 0));
    assertThat(report.get("failedByCause").get("connection lost").asLong()).isPositive();
    assertThat(report.get("sent").asLong()).isEqualTo(requests.get());
  }

  @Test
  void nobody_listening_is_a_failure_of_every_request() throws Exception {
    server.stop(0);
    JsonNode report = run(new Mix(50, 50, 0));
    assertThat(report.get("failedByCause").get("connection refused").asLong())
        .isPositive()
        .isEqualTo(report.get("sent").asLong());
  }

  @Test
  void seeding_twice_sends_the_same_issues() throws Exception {
    answer(201, "acme", "{\"tenant\":\"acme\"}");
    List<String> first = seed("first");
    assertThat(seed("second")).hasSize(20).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void busy_tenants_receive_their_share_and_the_others_by_weight() {
    Tenants all = new Tenants(List.of("light 1", "heavy 3"), "test");
    Workload workload =
        new Workload(
            7,
            new Mix(100, 0, 0),
            all,
            Optional.of(new Workload.Busy(new Tenants(List.of("busy"), "test"), 0.4)));
    Acknowledged none = new Acknowledged();
    int busy = 0;
    int heavy = 0;
    for (int n = 0; n < 10_000; n++) {
      String tenant = workload.call(n, none).tenant();
      busy += tenant.equals("busy") ? 1 : 0;
      heavy += tenant.equals("heavy") ? 1 : 0;
      assertThat(workload.call(n, none)).isEqualTo(workload.call(n, none));
    }
    assertThat(busy).isBetween(3_800, 4_200);
    assertThat(heavy).isBetween(4_300, 4_700);
  }

  private void answer(int status, String tenant, String body) {
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          reply(exchange, status, tenant, body);
        });
  }

  private static void reply(HttpExchange exchange, int status, String tenant, String body)
      throws IOException {
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      exchange.getRequestBody().readAllBytes();
      if (!tenant.isEmpty()) {
        exchange.getResponseHeaders().set("X-Tenant", tenant);
      }
      exchange.getResponseHeaders().set("X-Release", "9.9");
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      out.write(bytes);
    }
  }

  private JsonNode run(Mix mix) throws Exception {
    Path report = folder.resolve("report.json");
    try (Sender sender = sender();
        Outputs outputs = new Outputs(Optional.of(report), Optional.of(folder.resolve("journal")));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Run run = new Run(sender, new Totals(), outputs);
      OpenLoop loop = new OpenLoop(new Workload(1, mix, ACME, Optional.empty()), run, 100);
      Future<?> running =
          threads.submit(() -> {
            loop.run();
            return null;
          });
      await().until(() -> Files.exists(report));
      loop.stop();
      running.get();
    }
    return new JsonMapper().readTree(Files.readAllBytes(report));
  }

  private List<String> seed(String journal) throws Exception {
    Path file = folder.resolve(journal);
    try (Sender sender = sender();
        Outputs outputs = new Outputs(Optional.empty(), Optional.of(file))) {
      Run run = new Run(sender, new Totals(), outputs);
      new Seeder(new Workload(1, new Mix(100, 0, 0), ACME, Optional.empty()), run).seed(ACME, 20);
    }
    return Files.readAllLines(file);
  }

  private Sender sender() {
    return new Sender(java.net.URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private static void assertWrongTenant(JsonNode report, String cause) {
    assertThat(report.get("wrongTenant").asLong())
        .isPositive()
        .isEqualTo(report.get("sent").asLong());
    assertThat(report.get("ok").asLong()).isZero();
    assertThat(report.get("failures").get(0).get("cause").asString()).isEqualTo(cause);
    assertThat(report.get("failures").get(0).get("tenant").asString()).isEqualTo("acme");
  }
}
