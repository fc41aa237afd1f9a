package tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.Approve;
import tranche.e2e.harness.ControlPlaneProcess;
import tranche.e2e.harness.Databases;
import tranche.e2e.harness.Databases.Store;
import tranche.e2e.harness.Fleet;
import tranche.e2e.harness.LoadProcess;
import tranche.e2e.harness.LoadProcess.Write;
import tranche.e2e.harness.LoadReport;
import tranche.e2e.harness.Rollouts;
import tranche.e2e.harness.Site;
import tranche.e2e.harness.Workload;

/// A whole rollout, a full revert and the rollout again, contract included, all under the same
/// constant load: no request fails, and what was acknowledged is there.
class RolloutUnderLoadIT {
  private static final int RATE = 200;
  private static final String OLD = "2026.10";
  private static final String NEW = "2026.11";

  @RegisterExtension final Site site = new Site();

  @Test
  void no_request_fails_and_no_write_is_lost_during_rollout_and_full_revert() throws Exception {
    Fleet fleet = Fleet.mixed();
    site.write(fleet);
    ControlPlaneProcess controlPlane = site.start();
    try (TrancheClient client = controlPlane.client()) {
      client.createRelease(site.release(OLD));
      client.createRelease(site.release(NEW));
      Rollouts rollouts = new Rollouts(client);
      rollouts.complete(OLD);
      site.seed(fleet.ids(), 40);
      LoadProcess load = site.load(fleet.ids(), new LoadProcess.Shape(RATE, "50,35,15", 7));

      String there = rollouts.start(NEW);
      rollouts.awaitContractGate(there);
      assertThat(rollouts.ledger().values()).containsOnly(NEW);

      client.revert(there, List.of(), "the test takes everybody back");
      rollouts.awaitPhase(there, "reverted");
      assertThat(rollouts.ledger().values()).containsOnly(OLD);

      String again = rollouts.start(NEW);
      rollouts.awaitContractGate(again);
      client.approve(again, Approve.ofContract());
      rollouts.awaitPhase(again, "done");
      LoadReport report = load.end();

      assertThat(rollouts.ledger().values()).containsOnly(NEW).hasSize(fleet.ids().size());
      assertThat(rollouts.failed(again)).isEmpty();
      assertNothingFailed(report);
      assertEveryWriteIsThere(load);
      assertContracted();
    }
  }

  private static void assertNothingFailed(LoadReport report) {
    assertThat(report.failed()).as(report.failures()).isZero();
    assertThat(report.wrongTenant()).as(report.failures()).isZero();
    assertThat(report.ok()).isEqualTo(report.sent());
    assertThat(report.sent() * 1_000.0)
        .isGreaterThanOrEqualTo(RATE * report.time().toMillis() * 0.95);
    assertThat(report.byRelease()).containsOnlyKeys(OLD, NEW);
    assertThat(report.byRelease().values()).allMatch(answers -> answers > RATE);
  }

  /// What the store says of an issue that the load has written.
  private record Stored(String tenant, String title, String status, String priority) {}

  private void assertEveryWriteIsThere(LoadProcess load) throws Exception {
    Map<UUID, List<Stored>> stored = stored();
    Map<UUID, List<Write>> acknowledged =
        load.writes().stream().collect(Collectors.groupingBy(Write::issue));
    assertThat(stored.keySet()).isEqualTo(acknowledged.keySet());
    List<String> wrong = new ArrayList<>();
    acknowledged.forEach((issue, writes) -> {
      List<Stored> rows = stored.get(issue);
      if (rows.size() != 1 || !possible(issue, writes, load.workload()).contains(rows.getFirst())) {
        wrong.add(writes + " gave " + rows);
      }
    });
    assertThat(wrong).isEmpty();
    assertThat(acknowledged.values().stream().filter(writes -> writes.size() > 1)).isNotEmpty();
  }

  /// What an issue can look like after those writes: changes that were under way at the same time
  /// may have been done in either order, so any of them may be the last one.
  private static Set<Stored> possible(UUID issue, List<Write> writes, Workload workload) {
    Write creation =
        writes.stream()
            .filter(w -> workload.created(w.sequence()).equals(issue))
            .findFirst()
            .orElseThrow(() -> new AssertionError("nobody created what was changed: " + writes));
    String title = "load " + creation.sequence() + " for " + creation.tenant();
    String tenant = creation.tenant();
    if (writes.size() == 1) {
      return Set.of(new Stored(tenant, title, "open", workload.priority(creation.sequence())));
    }
    return writes.stream()
        .map(Write::sequence)
        .filter(sequence -> sequence != creation.sequence())
        .map(s -> new Stored(tenant, title, workload.status(s), workload.priority(s)))
        .collect(Collectors.toSet());
  }

  private Map<UUID, List<Stored>> stored() throws Exception {
    Map<UUID, List<Stored>> found = new HashMap<>();
    Databases databases = site.databases();
    for (Store store : databases.stores()) {
      String rows =
          """
          SELECT id, tenant_id, title, status,
            (ARRAY['low', 'normal', 'high', 'urgent'])[priority_v2]
          FROM %s.issue WHERE title LIKE 'load %%'
          """;
      for (String row : databases.texts(store, rows)) {
        String[] columns = row.split("\\|", -1);
        found
            .computeIfAbsent(UUID.fromString(columns[0]), _ -> new ArrayList<>())
            .add(new Stored(columns[1], columns[2], columns[3], columns[4]));
      }
    }
    return found;
  }

  private void assertContracted() throws Exception {
    Databases databases = site.databases();
    Set<String> versions = new TreeSet<>();
    for (Store store : databases.stores()) {
      assertThat(databases.texts(store, "SELECT version FROM %s.migration_marker ORDER BY 1"))
          .as("migrations that ran on " + store)
          .containsExactly("1", "2", "4");
      versions.add(String.join("\n", databases.history(store)));
      assertThat(databases.catalog(store))
          .noneMatch(line -> line.startsWith("column issue.priority "));
    }
    assertThat(versions).as("histories").hasSize(1);
  }
}
