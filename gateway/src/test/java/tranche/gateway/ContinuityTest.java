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
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No traffic change costs a request (claim 5 of the design, and I13).
final class ContinuityTest {
  private static final int CLIENTS = 8;
  private static final int CHANGES = 100;

  @TempDir private Path folder;
  private final List<TestApp> apps = new ArrayList<>();
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(folder, "\"requestTimeoutMillis\": 10000");
  }

  @AfterEach
  void stop() {
    gateway.close();
    apps.forEach(TestApp::close);
  }

  private TestApp app(String release, String id) {
    TestApp app = TestApp.start(release, id);
    apps.add(app);
    return app;
  }

  @Test
  void no_request_fails_while_weights_flip_and_instances_come_drain_and_go() throws Exception {
    TestApp base = app("1", "base");
    TestApp steady = app("2", "steady");
    gateway.put(
        cell(arm("1", instance(base)), arm("2", instance(steady))),
        "{" + tenant("acme", "user", "\"1\":100,\"2\":0") + "}");
    gateway.awaitReady("base", "steady");
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger sent = new AtomicInteger();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    List<Thread> clients = clients(stop, sent, failures);

    TestApp former = null;
    for (int change = 0; change < CHANGES; change++) {
      TestApp extra = change % 5 == 0 ? app("2", "extra-" + change) : former;
      change(change, base, steady, extra);
      if (former != null && former != extra) {
        drainAndStop(former, base, steady, extra);
      }
      former = extra;
    }
    int before = sent.get();
    await().atMost(Duration.ofSeconds(20)).until(() -> sent.get() > before + 500);
    stop.set(true);
    for (Thread client : clients) {
      client.join();
    }

    assertThat(failures).isEmpty();
    assertThat(sent).hasValueGreaterThan(2_000);
    assertThat(apps).allSatisfy(one -> assertThat(one.posts.values()).allMatch(n -> n.get() == 1));
    int requests = 0;
    for (String release : List.of("1", "2")) {
      assertThat(gateway.stats("acme").get(release).get("errors").intValue()).isZero();
      requests += gateway.stats("acme").get(release).get("requests").intValue();
    }
    assertThat(requests).isEqualTo(sent.get());
  }

  private List<Thread> clients(AtomicBoolean stop, AtomicInteger sent, Queue<String> failures) {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofVirtual().start(() -> client(stop, sent, failures)));
    }
    return clients;
  }

  private void client(AtomicBoolean stop, AtomicInteger sent, Queue<String> failures) {
    while (!stop.get()) {
      int n = sent.incrementAndGet();
      try {
        HttpResponse<String> answer =
            gateway.send(
                n % 2 == 0 ? "POST" : "GET",
                "/busy",
                n % 2 == 0 ? "body " + n : "",
                "X-Tenant",
                "acme",
                "X-User",
                "u" + n % 97,
                "X-Key",
                "k" + n);
        String arm = answer.headers().firstValue("X-Tranche-Arm").orElse("none");
        if (answer.statusCode() != 200 || !answer.body().startsWith(arm + " ")) {
          failures.add(n + ": " + answer.statusCode() + " " + answer.body());
        }
      } catch (Exception e) {
        failures.add(n + ": " + e);
      }
    }
  }

  private void change(int change, TestApp base, TestApp steady, TestApp extra) throws Exception {
    int weight = change * 37 % 101;
    gateway.patch(
        cell(arm("1", instance(base)), arm("2", instance(steady), instance(extra))),
        "{" + tenant("acme", "user", "\"1\":%d,\"2\":%d".formatted(100 - weight, weight)) + "}");
  }

  /// Drains by flag, waits for 0 in flight as a control plane does, stops the instance at once, and
  /// only then removes it from the table.
  private void drainAndStop(TestApp former, TestApp base, TestApp steady, TestApp extra)
      throws Exception {
    gateway.patch(
        cell(
            arm("1", instance(base)),
            arm(
                "2",
                instance(steady),
                instance(extra),
                instance(former.id(), former.port(), true))),
        "{}");
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(10))
        .until(() -> gateway.instance(former.id()).get("inFlight").intValue() == 0);
    former.close();
    gateway.patch(
        cell(arm("1", instance(base)), arm("2", instance(steady), instance(extra))), "{}");
  }

  @Test
  void requests_in_flight_outlive_their_route_and_stay_visible_until_they_end() throws Exception {
    TestApp old = app("1", "old");
    TestApp fresh = app("2", "fresh");
    gateway.put(
        cell(arm("1", instance(old)), arm("2", instance(fresh))),
        "{" + tenant("acme", "tenant", "\"1\":100") + "}");
    gateway.awaitReady("old", "fresh");
    Queue<String> answers = new ConcurrentLinkedQueue<>();
    Thread slow =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answers.add(gateway.get("acme", "/slow").body());
              } catch (Exception e) {
                answers.add(e.toString());
              }
            });
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> gateway.instance("old").get("inFlight").intValue() == 1);

    gateway.put(cell(arm("2", instance(fresh))), "{" + tenant("acme", "tenant", "\"2\":100") + "}");

    assertThat(gateway.get("acme", "/").body()).isEqualTo("2 fresh");
    assertThat(gateway.instance("old").get("inFlight").intValue()).isEqualTo(1);
    assertThat(gateway.instance("old").get("listed").booleanValue()).isFalse();
    assertThat(gateway.instance("old").get("draining").booleanValue()).isTrue();
    old.slowMayEnd.countDown();
    slow.join();
    assertThat(answers).containsExactly("1 old");
    await().atMost(Duration.ofSeconds(5)).until(() -> gateway.instance("old").isEmpty());
  }
}
