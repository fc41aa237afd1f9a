package tranche.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.TenantPage;
import tranche.api.fleet.TenantQuery;
import tranche.api.rollout.Approve;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.JournalPage;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.RolloutJson;
import tranche.core.problem.ProblemException;

/// The typed client against a served control plane.
class ApiTest {
  private TestPlane test;

  @BeforeEach
  void start() {
    test = new TestPlane();
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void a_release_goes_through_the_fleet_by_asking_the_api_alone() {
    RolloutJson held = test.held();

    assertThat(held.by()).isEqualTo("nina");
    assertThat(held.hold()).map(RolloutJson.HoldJson::code).isPresent();
    assertThat(test.client.why("acme").toString()).contains("release-managers");
    assertThat(test.client.explain(held.id(), Optional.of("globex")).state()).contains("left out");

    test.client.approve(held.id(), Approve.ofTranche(2));
    await()
        .untilAsserted(
            () -> assertThat(test.client.tenant("acme").release()).contains(TestPlane.RELEASE));
    RolloutJson later = test.client.rollout(held.id());
    assertThat(later.tranches()).extracting("state").containsOnly("done");
    assertThat(later.tranches().getFirst().counts()).containsEntry("done", 30L);
    assertThat(test.client.fleet().byRelease()).containsEntry("", 1L).containsEntry("2026.11", 31L);
  }

  @Test
  void a_plan_says_in_few_lines_what_would_happen() {
    PlanJson plan = test.plan(TestPlane.BASE);

    assertThat(plan.tenants()).isEqualTo(31);
    assertThat(plan.from()).containsEntry("", 31L);
    assertThat(plan.regions()).isEqualTo(2);
    assertThat(plan.tranches()).extracting("name").containsExactly("basic", "premium");
    PlanJson.PlannedTrancheJson basic = plan.tranches().getFirst();
    assertThat(basic.schema()).containsExactly("provision", "expand", "backfill");
    assertThat(basic.strategies()).containsExactly("install");
    assertThat(plan.tranches().getLast().gates()).containsExactly("verify");
    assertThat(plan.leftOut().count()).isEqualTo(1);
    assertThat(plan.leftOut().items().getFirst().reason()).contains("change freeze");
    assertThat(plan.schema()).extracting("phase").contains("expand", "backfill");
    assertThat(plan.undo()).anyMatch(s -> s.contains("31 tenants run nothing yet"));
    assertThat(test.client.plan(plan.id())).isEqualTo(plan);
    assertThat(test.client.plans(5)).extracting("hash").containsExactly(plan.hash());
  }

  @Test
  void a_plan_names_strategies_and_gates_of_those_who_run_something() {
    test.install();

    PlanJson plan = test.plan(TestPlane.RELEASE);

    assertThat(plan.from()).containsEntry("2026.10", 31L);
    assertThat(plan.tranches()).extracting("batches").containsExactly(3, 1);
    assertThat(plan.tranches().getFirst().strategies()).containsExactly("canary 50/100");
    assertThat(plan.tranches().getLast().strategies()).containsExactly("blue-green");
    assertThat(plan.tranches().getLast().gates())
        .containsExactly("approval (release-managers)", "verify");
  }

  @Test
  void a_plans_tenants_are_paged() {
    PlanJson plan = test.plan(TestPlane.BASE);
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = test.client.planTenants(plan.id(), Optional.of(1), cursor);
      assertThat(page.total()).isEqualTo(30);
      page.items().forEach(m -> seen.add(m.tenant()));
      cursor = page.next();
    } while (cursor.isPresent());

    assertThat(seen).hasSize(30).doesNotHaveDuplicates();
    assertThat(test.client.planLeftOut(plan.id(), Optional.empty()).items())
        .extracting("tenant")
        .containsExactly("globex");
  }

  @Test
  void pages_of_tenants_hold_each_once_in_the_order_of_their_ids() {
    TenantQuery query =
        new TenantQuery(
            Optional.of("basic"),
            Optional.of("us-east"),
            Optional.empty(),
            Optional.of("row"),
            Optional.of("t-0"),
            4,
            Optional.empty());
    List<String> ids = new ArrayList<>();
    TenantPage page = test.client.tenants(query);
    while (true) {
      assertThat(page.total()).isEqualTo(15);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(4);
      page.items().stream().map(TenantJson::id).forEach(ids::add);
      if (page.next().isEmpty()) {
        break;
      }
      page = test.client.tenants(query.at(page.next().get()));
    }

    assertThat(ids).hasSize(15).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_tenant_is_shown_even_if_its_database_is_down() {
    test.world.schema.down = true;

    TenantJson acme = test.client.tenant("acme");

    assertThat(acme.stores().getFirst().problem())
        .map(p -> p.code())
        .contains("database-unreachable");
    test.world.schema.down = false;
    assertThat(test.client.tenant("acme").stores().getFirst().problem()).isEmpty();
    assertThat(test.client.tenant("globex").reason()).contains("change freeze");
  }

  @Test
  void people_pause_resume_cancel_and_revert() {
    RolloutJson held = test.held();

    assertThat(test.client.pause(held.id(), "lunch").phase()).isEqualTo("paused");
    assertThat(test.client.resume(held.id()).phase()).isEqualTo("held");
    assertThat(code(() -> test.client.retry(held.id(), List.of()))).isEqualTo("not-now");
    test.client.revert(held.id(), List.of("t-001"), "customer asks");
    await()
        .untilAsserted(
            () -> assertThat(test.client.tenant("t-001").release()).contains(TestPlane.BASE));
    await().until(() -> test.client.rollout(held.id()).phase().equals("held"));
    test.client.cancel(held.id(), "enough");
    await().until(() -> test.client.rollout(held.id()).over());
    assertThat(code(() -> test.client.resume(held.id()))).isEqualTo("not-now");
    assertThat(test.client.rollouts(10)).extracting("phase").containsExactly("cancelled", "done");
  }

  @Test
  void the_journal_is_read_in_parts_and_says_who_asked() {
    RolloutJson held = test.held();
    test.client.pause(held.id(), "lunch");
    List<EventJson> entries = new ArrayList<>();
    JournalPage page = test.client.journal(held.id(), 0, 7);
    entries.addAll(page.items());
    while (page.more()) {
      page = test.client.journal(held.id(), page.after(), 7);
      entries.addAll(page.items());
    }

    assertThat(entries).extracting(EventJson::seq).isSorted().doesNotHaveDuplicates();
    assertThat(entries.getFirst().type()).isEqualTo("started");
    assertThat(entries).extracting(EventJson::type).contains("intended", "performed");
    assertThat(entries.getLast().type()).isEqualTo("paused");
    assertThat(entries.getLast().detail().by()).contains("nina");
    assertThat(entries.getLast().detail().reason()).contains("lunch");
  }

  @Test
  void what_is_not_there_is_said_by_name() {
    assertThat(code(() -> test.client.tenant("nobody"))).isEqualTo("unknown-tenant");
    assertThat(code(() -> test.client.tenant("Not An Id/../x"))).isEqualTo("unknown-tenant");
    assertThat(code(() -> test.client.release("1"))).isEqualTo("unknown-release");
    assertThat(code(() -> test.client.plan("zzzzzzz"))).isEqualTo("unknown-plan");
    assertThat(code(() -> test.client.plan("0123456"))).isEqualTo("unknown-plan");
    assertThat(code(() -> test.client.rollout("r-9"))).isEqualTo("unknown-rollout");
    assertThat(code(() -> test.client.rollout("x"))).isEqualTo("unknown-rollout");
    assertThat(code(() -> test.client.journal("r-9", 0, 10))).isEqualTo("unknown-rollout");
    assertThat(code(() -> test.client.createRelease(Path.of("/missing"))))
        .isEqualTo("unknown-release");
  }

  @Test
  void a_second_rollout_and_other_content_under_a_name_are_conflicts() {
    RolloutJson held = test.held();

    assertThat(code(() -> test.client.start(held.plan()))).isEqualTo("rollout-in-progress");
    assertThat(code(() -> test.client.createRelease(Path.of("/elsewhere/" + TestPlane.RELEASE))))
        .isEqualTo("release-changed");
    assertThat(code(() -> test.client.approve(held.id(), Approve.ofTranche(7))))
        .isEqualTo("not-now");
    assertThat(test.client.releases()).hasSize(2);
  }

  @Test
  void a_server_that_is_not_there_is_named_with_what_to_do() {
    test.server.close();

    assertThatThrownBy(() -> test.client.fleet())
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("server-unreachable");
              assertThat(e.problem().what()).contains("http://127.0.0.1:");
              assertThat(e.problem().fix()).contains("tranche up");
            });
  }

  @Test
  void a_taken_port_is_a_problem() {
    HttpSettings settings =
        HttpSettings.loopback(test.server.port(), tranche.core.secret.Secret.of("x"), "1.2.3");

    assertThat(
            code(
                () -> HttpServer.start(settings, test.plane, test.store.idempotencyKeys()).close()))
        .isEqualTo("port-taken");
    HttpSettings elsewhere =
        new HttpSettings(
            "192.0.2.1", 0, tranche.core.secret.Secret.of("x"), "1", java.util.Set.of());
    assertThat(
            code(() ->
                HttpServer.start(elsewhere, test.plane, test.store.idempotencyKeys()).close()))
        .isEqualTo("address-not-usable");
  }

  @Test
  void the_control_plane_tells_its_version_and_the_fleet_in_numbers() {
    assertThat(test.client.health().status()).isEqualTo("ok");
    assertThat(test.client.version().version()).isEqualTo("1.2.3");
    assertThat(test.client.version().inCharge()).isTrue();
    assertThat(test.client.fleet().byModel()).containsEntry("row", 30L).containsEntry("schema", 2L);
    assertThat(test.client.fleet().stores()).isEqualTo(3);
    assertThat(test.client.fleet().cells()).isEqualTo(2);
    assertThat(test.client.fleet().databases()).isEqualTo(2);
  }

  static String code(Runnable call) {
    try {
      call.run();
    } catch (ProblemException e) {
      return e.problem().code();
    }
    return "no problem";
  }
}
