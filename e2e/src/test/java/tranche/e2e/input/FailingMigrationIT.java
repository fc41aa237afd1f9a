package tranche.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.e2e.input.Expected.problem;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.RolloutJson;
import tranche.e2e.harness.Databases;
import tranche.e2e.harness.Databases.Store;
import tranche.e2e.harness.Rollouts;
import tranche.e2e.harness.Site;
import tranche.e2e.harness.Site.Ended;

/// 40 tenants with a schema each, of which three cannot be migrated: one more than the failure
/// budget allows. The rollout halts; with one repaired it brings everybody else to the new release
/// and holds contract; with all repaired it ends, and then there is no way back.
final class FailingMigrationIT {
  private static final String DATABASE = "bad_premium";
  private static final Store HALFWAY = new Store(DATABASE, "t_p_37");
  private static final Store BAD_ROW = new Store(DATABASE, "t_p_12");
  private static final Store TOO_MANY = new Store(DATABASE, "t_p_38");

  @RegisterExtension private final Site site = new Site();

  private TrancheClient client;
  private Rollouts rollouts;
  private Databases databases;

  @Test
  void tenants_that_cannot_be_migrated_stop_nobody_else_and_lose_nothing() throws Exception {
    site.write(Fleets.small(40));
    client = site.start().client();
    rollouts = new Rollouts(client);
    client.createRelease(site.release("2026.10"));
    client.createRelease(site.release("2026.11"));
    rollouts.complete("2026.10");
    site.seed(List.of("p-12", "p-37", "p-38"), 3);
    databases = site.databases();
    spoil();
    Map<Store, List<String>> before = spoilt();

    String id = haltsWhenBudgetIsSpent(before);
    everybodyElseGoesOn(id, before);
    repairedTenantsAreBroughtAlong(id);
    contractIsThePointOfNoReturn(id);
    client.close();
  }

  /// Makes the second statement of V2 fail, twice, and a preflight check.
  private void spoil() throws Exception {
    databases.execute(DATABASE, function(HALFWAY));
    databases.execute(DATABASE, function(TOO_MANY));
    databases.execute(
        DATABASE,
        "ALTER TABLE t_p_12.issue DROP CONSTRAINT issue_priority_is_known;"
            + "UPDATE t_p_12.issue SET priority = 'soon'");
  }

  private static String function(Store store) {
    return "CREATE FUNCTION %s.issue_priority_in_step() RETURNS int LANGUAGE sql AS 'SELECT 1'"
        .formatted(store.schema());
  }

  /// What nobody may change while it cannot be migrated: shape, rows and history of the stores.
  private Map<Store, List<String>> spoilt() throws Exception {
    Map<Store, List<String>> found = new TreeMap<>();
    for (Store store : List.of(HALFWAY, BAD_ROW)) {
      List<String> all = new java.util.ArrayList<>(databases.catalog(store));
      all.addAll(databases.history(store));
      all.addAll(databases.texts(store, "SELECT t::text FROM %s.issue t ORDER BY 1"));
      all.addAll(databases.texts(store, "SELECT t::text FROM %s.migration_marker t ORDER BY 1"));
      found.put(store, all);
    }
    return found;
  }

  private String haltsWhenBudgetIsSpent(Map<Store, List<String>> before) throws Exception {
    String plan = client.plan(new MakePlan("2026.11", List.of(), List.of(), List.of())).id();

    Ended ended = tranche("rollout", "start", plan, "--wait", "--timeout", "2m");

    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(1);
    String id = client.rollouts(1).getFirst().id();
    RolloutJson halted = client.rollout(id);
    assertThat(halted.phase()).isEqualTo("halted");
    assertThat(halted.halted().orElseThrow().problem().code()).isEqualTo("failure-budget-spent");
    assertThat(halted.halted().orElseThrow().problem().what()).contains("premium");
    assertThat(rollouts.failed(id)).containsExactly("p-12", "p-37", "p-38");
    assertThat(spoilt()).isEqualTo(before);
    assertThat(phases()).doesNotContain("contract");
    return id;
  }

  private void everybodyElseGoesOn(String id, Map<Store, List<String>> before) throws Exception {
    databases.execute(DATABASE, "DROP FUNCTION t_p_38.issue_priority_in_step()");

    assertThat(tranche("rollout", "retry", id).exitCode()).isZero();

    RolloutJson held =
        Awaitility.await("everybody else")
            .atMost(java.time.Duration.ofSeconds(90))
            .until(() -> client.rollout(id), r -> holds(r, "unresolved-tenants"));
    Map<String, String> failed =
        held.failed().items().stream()
            .collect(
                Collectors.toMap(
                    RolloutJson.FailedTenant::tenant, t -> t.problem().problem().code()));
    assertThat(failed).isEqualTo(Map.of("p-12", "preflight-failed", "p-37", "migration-failed"));
    rollouts
        .ledger()
        .forEach((tenant, release) ->
            assertThat(release)
                .as(tenant)
                .isEqualTo(failed.containsKey(tenant) ? "2026.10" : "2026.11"));
    assertThat(spoilt()).isEqualTo(before);
    assertThat(phases()).doesNotContain("contract");
    assertThat(tranche("tenant", "why", "p-37").output()).contains("migration-failed", "t_p_37");
    assertThat(tranche("tenant", "why", "p-12").output()).contains("preflight-failed", "'soon'");
    assertThat(site.gateway().ask("p-37", "GET", "/issues", "").release()).isEqualTo("2026.10");
    assertThat(site.gateway().ask("p-36", "GET", "/issues", "").release()).isEqualTo("2026.11");
  }

  private static boolean holds(RolloutJson rollout, String code) {
    return rollout.hold().filter(h -> h.code().equals(code)).isPresent();
  }

  private void repairedTenantsAreBroughtAlong(String id) throws Exception {
    databases.execute(DATABASE, "DROP FUNCTION t_p_37.issue_priority_in_step()");
    databases.execute(DATABASE, "UPDATE t_p_12.issue SET priority = 'high'");

    assertThat(tranche("rollout", "retry", id, "--tenant", "p-37").exitCode()).isZero();
    rollouts.await(id, r -> rollouts.failed(id).equals(List.of("p-12")));
    String stale = client.plan(new MakePlan("2026.11", List.of(), List.of(), List.of())).id();
    assertThat(tranche("rollout", "retry", id).exitCode()).isZero();
    rollouts.awaitPhase(id, "done");

    assertThat(rollouts.ledger().values()).containsOnly("2026.11");
    for (Store store : databases.stores()) {
      assertThat(databases.texts(store, "SELECT version FROM %s.migration_marker ORDER BY 1"))
          .as("migrations that ran on %s", store)
          .containsExactly("1", "2", "4");
    }
    assertThat(site.gateway().ask("p-37", "GET", "/issues", "").body().path("issues")).hasSize(3);
    Said.of(tranche("rollout", "start", stale)).is(problem("plan-is-stale", 6, "p-12", "2026.11"));
  }

  private void contractIsThePointOfNoReturn(String id) throws Exception {
    int events = rollouts.journal(id).size();

    Said.of(tranche("rollout", "revert", id, "--all", "--reason", "test", "--yes"))
        .is(problem("point-of-no-return", 6, "42 tenants"));

    assertThat(rollouts.journal(id)).hasSize(events);
    assertThat(rollouts.ledger().values()).containsOnly("2026.11");
  }

  private List<String> phases() throws Exception {
    return databases.texts(DATABASE, "SELECT DISTINCT phase FROM tranche.history");
  }

  private Ended tranche(String... arguments) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", site.data().toString()));
    return site.tranche(all.toArray(String[]::new));
  }
}
