package tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tranche.core.rollout.StepKind;
import tranche.e2e.KillStory.Told;
import tranche.e2e.harness.Databases;
import tranche.e2e.harness.Databases.Store;
import tranche.e2e.harness.LoadReport;
import tranche.e2e.harness.Site;

/// The control plane is killed with SIGKILL in a step of every kind, and it makes no difference:
/// not to the requests of the time, not to who runs what, not to what is in the databases.
class KillEverywhereIT {
  private static final Pattern LOAD_ROW = Pattern.compile("\"load (\\d+) for ");

  @RegisterExtension final Site calm = new Site();
  @RegisterExtension final Site killed = new Site();

  @Test
  void a_control_plane_killed_in_every_kind_of_step_ends_where_an_undisturbed_one_ends()
      throws Exception {
    Told expected = new KillStory(calm, KillStory.Kills.NONE).tell();
    Map<Store, List<String>> expectedContent = content(calm, expected);
    assertThat(calm.close()).as("left running by `tranche down`").isEmpty();

    Told told = new KillStory(killed, KillStory.Kills.EVERYWHERE).tell();

    assertThat(told.visited()).isEqualTo(allKinds());
    assertThat(told.performedAgain()).isEqualTo(allKinds());
    assertNothingFailed(expected.report());
    assertNothingFailed(told.report());
    assertThat(told.downSeconds()).isGreaterThan(10);
    assertThat(told.okWhileDown())
        .as("good answers in the %d s without a control plane", told.downSeconds())
        .isGreaterThan(told.downSeconds() * KillStory.RATE / 2);
    assertThat(told.ledger()).isEqualTo(expected.ledger());
    assertEachMigrationRanOnce(killed);
    long smaller = Math.min(expected.report().sent(), told.report().sent());
    Map<Store, List<String>> compared = upTo(smaller, expectedContent);
    assertThat(compared.values().stream().flatMap(List::stream).filter(LOAD_ROW.asPredicate()))
        .as("rows of the load that are compared")
        .hasSizeGreaterThan(500);
    assertThat(upTo(smaller, content(killed, told))).isEqualTo(compared);
    assertThat(killed.processes().runningInstances().keySet())
        .as("instances that run are those that are remembered")
        .isEqualTo(new TreeSet<>(killed.processes().instances().values()));
  }

  private static Set<String> allKinds() {
    Set<String> kinds = new TreeSet<>();
    Stream.of(StepKind.values()).map(StepKind::word).forEach(kinds::add);
    return kinds;
  }

  private static void assertNothingFailed(LoadReport report) {
    assertThat(report.failed()).as(report.failures()).isZero();
    assertThat(report.wrongTenant()).as(report.failures()).isZero();
    assertThat(report.ok()).isEqualTo(report.sent()).isGreaterThan(1_000);
  }

  private static void assertEachMigrationRanOnce(Site site) throws Exception {
    Databases databases = site.databases();
    for (Store store : databases.stores()) {
      assertThat(databases.texts(store, "SELECT version FROM %s.migration_marker ORDER BY 1"))
          .as("migrations that ran on " + store)
          .containsExactly("1", "2", "4");
      assertThat(databases.history(store))
          .as("history of " + store)
          .extracting(line -> line.substring(0, line.indexOf('|')))
          .containsExactly("1", "2", "3", "4");
    }
  }

  private static Map<Store, List<String>> content(Site site, Told told) throws Exception {
    Databases databases = site.databases();
    Map<Store, List<String>> content = new TreeMap<>();
    for (Store store : databases.stores()) {
      List<String> lines = new ArrayList<>(databases.catalog(store));
      lines.addAll(databases.history(store));
      lines.addAll(databases.rows(store));
      content.put(store, lines);
    }
    // 1 pool, 6 + 1 schemas, 3 own parts of hybrid tenants, 2 databases.
    assertThat(content).hasSize(13);
    assertThat(told.ledger()).hasSize(24);
    return content;
  }

  /// Without the rows of requests that only the longer of the two runs has sent.
  private static Map<Store, List<String>> upTo(long sequence, Map<Store, List<String>> content) {
    Map<Store, List<String>> part = new TreeMap<>();
    content.forEach((store, lines) ->
        part.put(store, lines.stream().filter(line -> isBefore(sequence, line)).toList()));
    return part;
  }

  private static boolean isBefore(long sequence, String line) {
    Matcher load = LOAD_ROW.matcher(line);
    return !load.find() || Long.parseLong(load.group(1)) < sequence;
  }
}
