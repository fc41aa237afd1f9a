package tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.Approve;
import tranche.e2e.harness.ControlPlaneProcess;
import tranche.e2e.harness.Databases;
import tranche.e2e.harness.Databases.Store;
import tranche.e2e.harness.Fleet;
import tranche.e2e.harness.Gateway;
import tranche.e2e.harness.LoadProcess;
import tranche.e2e.harness.Rollouts;
import tranche.e2e.harness.Site;

/// One tenant with a schema and one with a database are taken back: nobody else notices, and they
/// keep what they have written since.
class RevertOneTenantIT {
  private static final String OLD = "2026.10";
  private static final String NEW = "2026.11";
  private static final String PREMIUM = "premium-1";
  private static final String PLATINUM = "platinum-1";
  private static final List<String> BACK = List.of(PREMIUM, PLATINUM);

  private static final List<Store> BACK_STORES =
      List.of(new Store("e2e_premium", "t_premium_1"), new Store("e2e_platinum_1", "app"));

  /// Stores of tenants that share a cell with the premium tenant.
  private static final List<Store> NEIGHBOURS =
      List.of(new Store("e2e_premium", "t_premium_3"), new Store("e2e_premium", "t_premium_5"));

  @RegisterExtension final Site site = new Site();

  /// Everything that a revert of somebody else must leave as it is.
  private record Seen(
      Map<String, String> content,
      Map<Store, List<String>> schemas,
      Map<String, String> routes,
      Map<String, String> ledger) {}

  @Test
  void a_reverted_tenant_keeps_its_data_and_all_others_stay_untouched() throws Exception {
    Fleet fleet = Fleet.mixed();
    site.write(fleet);
    ControlPlaneProcess controlPlane = site.start();
    try (TrancheClient client = controlPlane.client()) {
      Rollouts rollouts = new Rollouts(client);
      String moved = everybodyMoved(client, rollouts, fleet);
      for (String tenant : fleet.ids()) {
        write(tenant, "/teams", "{\"name\": \"core\"}");
        write(tenant, "/users", "{\"handle\": \"ada\", \"name\": \"Ada\"}");
      }
      for (String tenant : BACK) {
        writeThroughNew(tenant);
      }
      Map<String, Map<String, String>> written = issues(NEW);
      Seen before = seen(rollouts);

      client.revert(moved, BACK, "the test takes two back");
      rollouts.await(moved, _ -> hasEnded(rollouts, moved));

      assertOnlyTheyMoved(before, seen(rollouts));
      assertThat(issues(OLD)).isEqualTo(written);
      assertContractWaitsForThem(client, rollouts, moved);

      client.cancel(moved, "the two get a plan of their own");
      rollouts.awaitPhase(moved, "cancelled");
      assertThat(issues(OLD)).isEqualTo(written);
      rollouts.complete(NEW);
      assertThat(issues(NEW)).isEqualTo(written);
      assertThat(rollouts.ledger().values()).containsOnly(NEW);
      assertThat(withOldShape()).noneMatch(store -> BACK_STORES.contains(store));
      rollouts.complete(NEW);
      assertThat(withOldShape())
          .as("stores with the old shape, after a plan for what is left")
          .isEmpty();
    }
  }

  private String everybodyMoved(TrancheClient client, Rollouts rollouts, Fleet fleet)
      throws Exception {
    client.createRelease(site.release(OLD));
    client.createRelease(site.release(NEW));
    rollouts.complete(OLD);
    site.seed(fleet.ids(), 3);
    LoadProcess load = site.load(fleet.ids(), new LoadProcess.Shape(60, "50,35,15", 11));
    String moved = rollouts.start(NEW);
    rollouts.awaitContractGate(moved);
    load.end();
    return moved;
  }

  private void write(String tenant, String path, String body) throws Exception {
    Gateway.Answer answer = site.gateway().ask(tenant, "POST", path, body);
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    assertThat(answer.release()).isEqualTo(NEW);
  }

  private void writeThroughNew(String tenant) throws Exception {
    Gateway gateway = site.gateway();
    write(tenant, "/issues", "{\"title\": \"since then\", \"priority\": \"urgent\"}");
    for (JsonNode issue : list(tenant, NEW)) {
      if (issue.path("title").asString().startsWith("seed")) {
        String path = "/issues/" + issue.path("id").asString();
        String change = "{\"priority\": \"high\", \"status\": \"done\"}";
        assertThat(gateway.ask(tenant, "PATCH", path, change).status()).isEqualTo(200);
        String comment = "{\"body\": \"changed since then\", \"author\": \"e2e\"}";
        write(tenant, path + "/comments", comment);
      }
    }
  }

  private JsonNode list(String tenant, String release) throws Exception {
    Gateway.Answer answer = site.gateway().ask(tenant, "GET", "/issues?limit=100", "");
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.release()).as("the release that answers " + tenant).isEqualTo(release);
    return answer.body().path("issues");
  }

  /// The issues of both tenants, as that release shows them: everything in them, by id.
  private Map<String, Map<String, String>> issues(String release) throws Exception {
    Map<String, Map<String, String>> byTenant = new TreeMap<>();
    for (String tenant : BACK) {
      Map<String, String> issues = new TreeMap<>();
      for (JsonNode issue : list(tenant, release)) {
        issues.put(issue.path("id").asString(), issue.toString());
      }
      assertThat(issues.values())
          .anyMatch(issue -> issue.contains("since then") && issue.contains("urgent"))
          .anyMatch(issue -> issue.contains("seed") && issue.contains("high"));
      byTenant.put(tenant, issues);
    }
    return byTenant;
  }

  private Seen seen(Rollouts rollouts) throws Exception {
    Databases databases = site.databases();
    Map<Store, List<String>> schemas = new HashMap<>();
    for (Store store : databases.stores()) {
      schemas.put(store, databases.catalog(store));
    }
    return new Seen(databases.digests(), schemas, site.gateway().routes(), rollouts.ledger());
  }

  private static boolean hasEnded(Rollouts rollouts, String id) {
    return rollouts.journal(id).stream().anyMatch(event -> event.type().equals("revert-ended"));
  }

  private static void assertOnlyTheyMoved(Seen before, Seen after) {
    // Not even the two themselves have lost or got a row: taking back moves traffic, not data.
    assertThat(after.content()).isEqualTo(before.content());
    // Issues, teams and users of 23 tenants, comments of two, and the marks in 12 stores.
    assertThat(before.content()).hasSize(3 * 23 + 2 + 12);
    assertThat(after.schemas()).isEqualTo(before.schemas());
    Map<String, String> ledger = new TreeMap<>(before.ledger());
    BACK.forEach(tenant -> ledger.put(tenant, OLD));
    assertThat(after.ledger()).isEqualTo(ledger);
    assertThat(others(after.routes())).isEqualTo(others(before.routes()));
    BACK.forEach(
        tenant -> assertThat(after.routes().get(tenant)).contains("{\"" + OLD + "\":100}"));
  }

  private static Map<String, String> others(Map<String, String> all) {
    Map<String, String> others = new TreeMap<>(all);
    BACK.forEach(others::remove);
    return others;
  }

  /// The old shape stays where the old release is needed: in the stores of the cell of each.
  private void assertContractWaitsForThem(TrancheClient client, Rollouts rollouts, String moved)
      throws Exception {
    client.approve(moved, Approve.ofContract());
    rollouts.await(
        moved, r -> r.hold().filter(h -> h.code().equals("unresolved-tenants")).isPresent());
    assertThat(rollouts.hold(moved).orElseThrow().what()).contains("2 tenants are").contains("old");
    List<Store> cells = new ArrayList<>(BACK_STORES);
    cells.addAll(NEIGHBOURS);
    assertThat(withOldShape()).containsExactlyInAnyOrderElementsOf(cells);
  }

  /// The stores that have the old shape.
  private List<Store> withOldShape() throws Exception {
    List<Store> found = new ArrayList<>();
    for (Store store : site.databases().stores()) {
      if (site.databases().catalog(store).stream()
          .anyMatch(line -> line.startsWith("column issue.priority "))) {
        found.add(store);
      }
    }
    return found;
  }
}
