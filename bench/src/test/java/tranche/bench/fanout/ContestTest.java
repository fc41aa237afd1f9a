package tranche.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.bench.contest.Contestant;
import tranche.bench.contest.Fleet;
import tranche.bench.contest.Floor;
import tranche.bench.contest.FlywayLoop;
import tranche.bench.contest.LiquibaseLoop;
import tranche.bench.contest.Stage;
import tranche.bench.contest.TrancheFanout;
import tranche.bench.server.BenchServer;
import tranche.bench.server.Inspection;
import tranche.bench.server.Tenants;

/// The whole way on a real server, with fleets that are far too small to measure anything.
class ContestTest {
  private static final int STORES = 3;
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  private static final Logger LIBRARIES = Logger.getLogger("");

  @TempDir private static Path folder;
  private static BenchServer server;

  @BeforeAll
  static void start() throws InterruptedException {
    LIBRARIES.setLevel(Level.SEVERE);
    server = BenchServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
    assertThat(folder).as("nothing is left of the server").isEmptyDirectory();
  }

  @Test
  void everybody_does_the_whole_work_and_has_a_time_for_each_operation() throws Exception {
    List<Contestant> contestants =
        List.of(new Floor(2), new TrancheFanout(), new FlywayLoop(2), new LiquibaseLoop());

    Results results = new Contest(server, contestants, NOWHERE).run(STORES, 1);

    assertThat(results.lines()).extracting(Results.Line::contestant).isEqualTo(contestants);
    for (Results.Line line : results.lines()) {
      for (Operation operation : Operation.values()) {
        assertThat(line.of(operation).times()).hasSize(1).allMatch(Duration::isPositive);
      }
    }
  }

  @Test
  void who_leaves_out_a_store_is_found_out() throws Exception {
    Fleet fleet = Tenants.create(server, "one_left_out", STORES);
    new Floor(1).apply(fleetOf(fleet, STORES - 1), Stage.FIRST);

    assertThatThrownBy(() -> Inspection.require(fleet, Stage.FIRST, "idler"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("idler: 6 of 9 changes are there after first_change");
  }

  @Test
  void the_server_writes_durably() throws Exception {
    assertThat(server.facts())
        .containsEntry("fsync", "on")
        .containsEntry("synchronous_commit", "on")
        .containsEntry("full_page_writes", "on");
  }

  private static Fleet fleetOf(Fleet whole, int stores) {
    return new Fleet(
        whole.server(), whole.database(), whole.schemas().subList(0, stores), whole.migrations());
  }
}
