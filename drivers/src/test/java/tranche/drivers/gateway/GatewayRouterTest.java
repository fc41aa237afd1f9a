package tranche.drivers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static tranche.drivers.gateway.GatewayBench.arm;
import static tranche.drivers.gateway.GatewayBench.instance;
import static tranche.drivers.gateway.GatewayBench.route;
import static tranche.drivers.gateway.GatewayBench.share;
import static tranche.drivers.gateway.GatewayBench.tenant;

import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.judge.ArmCounts;
import tranche.core.problem.ProblemException;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.TrafficMark;
import tranche.core.secret.Secret;
import tranche.engine.delivery.DeliveryProblem.NotAsIntended;
import tranche.engine.delivery.DeliveryProblem.RouterUnreachable;
import tranche.engine.delivery.DeliveryProblem.StaleController;
import tranche.engine.delivery.Instance.State;
import tranche.engine.journal.Fence;

/// The router against a real gateway process and real applications.
class GatewayRouterTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Fence FENCE = new Fence(3);

  @TempDir Path folder;
  private GatewayProcess process;
  private RunningGateway gateway;
  private GatewayRouter router;
  private HttpServer old;
  private HttpServer fresh;

  @BeforeEach
  void start() throws Exception {
    process = new GatewayBench(folder).gateway(0);
    gateway = process.ensure();
    router = new GatewayRouter(gateway::admin, GatewayBench.ADMIN);
    old = GatewayBench.application(200, "old");
    fresh = GatewayBench.application(200, "new");
  }

  @AfterEach
  void stop() {
    router.close();
    process.stop();
    old.stop(0);
    fresh.stop(0);
  }

  @Test
  void requests_follow_the_route() throws Exception {
    twoArms();

    router.route(List.of(route("acme", share("1", 100), share("2", 0))), FENCE);
    assertThat(GatewayBench.get(gateway, "acme")).isEqualTo("old");

    router.route(List.of(route("acme", share("1", 0), share("2", 100))), FENCE);
    assertThat(GatewayBench.get(gateway, "acme")).isEqualTo("new");
  }

  @Test
  void what_was_put_can_be_read_back() {
    twoArms();
    var both =
        List.of(
            route("acme", share("1", 90), share("2", 10)),
            route("initech", share("2", 40), share("1", 60)));
    router.route(both, FENCE);

    assertThat(router.routes(List.of(tenant("acme"), tenant("initech"), tenant("nobody"))).values())
        .containsExactlyInAnyOrderElementsOf(both);
    assertThat(router.routes(List.of())).isEmpty();
    await().atMost(SOON).until(() -> states().equals(List.of(State.READY, State.READY)));
    assertThat(router.arms())
        .containsOnlyKeys(arm("1"), arm("2"))
        .containsEntry(arm("1"), List.of(instance("1", old)));
  }

  @Test
  void an_instance_that_does_not_answer_is_not_ready() {
    fresh.stop(0);
    twoArms();

    await().atMost(SOON).until(() -> states().equals(List.of(State.READY, State.STARTING)));
  }

  @Test
  void i4_a_lower_fencing_number_changes_nothing() {
    twoArms();
    router.route(List.of(route("acme", share("1", 100))), new Fence(4));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> router.route(List.of(route("acme", share("2", 100))), FENCE))
        .extracting(ProblemException::problem)
        .isInstanceOf(StaleController.class);
    assertThat(router.routes(List.of(tenant("acme"))).values())
        .containsExactly(route("acme", share("1", 100)));
  }

  @Test
  void i13_versions_grow_by_one_and_begin_anew_with_each_epoch() throws Exception {
    twoArms();
    assertThat(version()).isEqualTo(new TableVersion(3, 2));
    router.route(List.of(route("acme", share("1", 100))), FENCE);
    assertThat(version()).isEqualTo(new TableVersion(3, 3));
    router.route(List.of(route("acme", share("2", 100))), new Fence(9));
    assertThat(version()).isEqualTo(new TableVersion(9, 1));
  }

  @Test
  void a_route_to_an_arm_that_is_not_there_is_refused_with_the_gateways_words() {
    twoArms();

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> router.route(List.of(route("acme", share("3", 100))), FENCE))
        .extracting(ProblemException::problem)
        .isInstanceOfSatisfying(
            RouterUnreachable.class,
            problem ->
                assertThat(problem.message()).contains("status 400").contains("has no such arm"));
  }

  @Test
  void removing_an_arm_waits_for_its_last_answer() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    old.createContext(
        "/x",
        exchange -> {
          inside.countDown();
          awaitLatch(goOn);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    twoArms();
    router.route(List.of(route("acme", share("1", 100))), FENCE);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> slow = pool.submit(() -> GatewayBench.get(gateway, "acme"));
      inside.await();
      Future<?> removal =
          pool.submit(
              () -> router.removeArm(arm("1"), List.of(route("acme", share("2", 100))), FENCE));

      await().atMost(SOON).until(() -> GatewayBench.get(gateway, "acme").equals("new"));
      assertThat(removal).isNotDone();
      assertThat(router.arms()).containsKey(arm("1"));
      goOn.countDown();
      removal.get();
      assertThat(slow.get()).isEmpty();
    }
    assertThat(router.arms()).containsOnlyKeys(arm("2"));
    router.removeArm(arm("1"), List.of(), FENCE);
  }

  @Test
  void i8_an_arm_that_another_tenant_is_routed_to_is_not_removed() throws Exception {
    twoArms();
    router.route(List.of(route("acme", share("1", 100))), FENCE);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> router.removeArm(arm("1"), List.of(), FENCE))
        .extracting(ProblemException::problem)
        .isInstanceOf(NotAsIntended.class);
    assertThat(GatewayBench.get(gateway, "acme")).isEqualTo("old");
  }

  @Test
  void the_last_arm_takes_its_cell_with_it() {
    router.putArm(arm("1"), "/ready", List.of(instance("1", old)), FENCE);
    router.removeArm(arm("1"), List.of(), FENCE);

    assertThat(router.arms()).isEmpty();
  }

  @Test
  void a_forgotten_tenant_has_no_way() throws Exception {
    twoArms();
    router.route(List.of(route("acme", share("1", 100))), FENCE);
    router.forget(List.of(tenant("acme"), tenant("nobody")), FENCE);

    assertThat(router.routes(List.of(tenant("acme")))).isEmpty();
    assertThat(GatewayBench.get(gateway, "acme")).isNotEqualTo("old");
  }

  @Test
  void a_mark_counts_requests_and_errors_by_release() throws Exception {
    twoArms();
    HttpServer broken = GatewayBench.application(500, "broken");
    try {
      router.putArm(arm("2"), "/ready", List.of(instance("2", broken)), FENCE);
      router.route(
          List.of(route("acme", share("1", 100)), route("initech", share("2", 100))), FENCE);
      TrafficMark before = router.mark(List.of(tenant("acme"), tenant("initech")));
      assertThat(GatewayBench.get(gateway, "acme")).isEqualTo("old");
      assertThat(GatewayBench.get(gateway, "initech")).isEqualTo("broken");

      TrafficMark after = router.mark(List.of(tenant("acme"), tenant("initech")));
      assertThat(after.boot()).isEqualTo(before.boot()).isEqualTo(gateway.boot());
      assertThat(after.arms())
          .containsEntry(new ReleaseId("1"), new ArmCounts(1, 0))
          .containsEntry(new ReleaseId("2"), new ArmCounts(1, 1));
    } finally {
      broken.stop(0);
    }
  }

  @Test
  void changes_from_many_threads_are_all_in_force() throws Exception {
    twoArms();
    List<Future<?>> changes = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        var route = route("tenant-" + i, share("1", i), share("2", 100 - i));
        changes.add(pool.submit(() -> router.route(List.of(route), FENCE)));
      }
    }
    for (Future<?> change : changes) {
      change.get();
    }
    assertThat(version()).isEqualTo(new TableVersion(3, 22));
  }

  @Test
  void an_answer_that_is_lost_on_the_way_is_made_good() throws Exception {
    twoArms();
    try (LossyProxy proxy = new LossyProxy(gateway.admin().getPort());
        GatewayRouter behind = new GatewayRouter(proxy::address, GatewayBench.ADMIN)) {
      proxy.loseAnswersTo("PATCH", 2);
      behind.route(List.of(route("acme", share("1", 70), share("2", 30))), FENCE);

      assertThat(proxy.lost()).isEqualTo(2);
      assertThat(router.routes(List.of(tenant("acme"))).values())
          .containsExactly(route("acme", share("1", 70), share("2", 30)));

      proxy.loseAnswersTo("PATCH", 100);
      unreachable(() -> behind.route(List.of(route("acme", share("1", 100))), FENCE));
    }
  }

  @Test
  void nothing_that_answers_is_a_router_that_cannot_be_reached() {
    try (GatewayRouter nowhere =
        new GatewayRouter(() -> URI.create("http://127.0.0.1:1"), GatewayBench.ADMIN)) {
      unreachable(() -> nowhere.mark(List.of(tenant("acme"))));
    }
  }

  @Test
  void a_wrong_token_is_not_shown() {
    Secret wrong = Secret.of("not-the-token-at-all");
    try (GatewayRouter stranger = new GatewayRouter(gateway::admin, wrong)) {
      RouterUnreachable problem = unreachable(stranger::arms);
      assertThat(problem.message()).contains("status 401").doesNotContain("not-the-token");
    }
  }

  private static RouterUnreachable unreachable(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    ProblemException thrown =
        org.assertj.core.api.Assertions.catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown.problem()).isInstanceOf(RouterUnreachable.class);
    return (RouterUnreachable) thrown.problem();
  }

  private void twoArms() {
    router.putArm(arm("1"), "/ready", List.of(instance("1", old)), FENCE);
    router.putArm(arm("2"), "/ready", List.of(instance("2", fresh)), FENCE);
  }

  private List<State> states() {
    return router.arms().values().stream().map(list -> list.getFirst().state()).toList();
  }

  private TableVersion version() throws Exception {
    try (AdminClient client = new AdminClient(GatewayBench.ADMIN)) {
      return TableVersion.of(
          AdminClient.json(client.send(gateway.admin(), "GET", "/v1/state", "")));
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
