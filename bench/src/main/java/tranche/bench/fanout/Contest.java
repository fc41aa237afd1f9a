package tranche.bench.fanout;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tranche.bench.contest.Contestant;
import tranche.bench.contest.Fleet;
import tranche.bench.report.Sample;
import tranche.bench.server.BenchServer;
import tranche.bench.server.Tenants;

/// Who does the same work how fast.
///
/// - Each contestant gets a database of its own in every round, copied from one template, and does
///   all operations in it, one after the other. Nobody else uses the server meanwhile.
/// - Before each operation the server writes a checkpoint and the JVM collects garbage, so that
///   nobody pays for what was there before.
/// - What was applied is looked up in the catalog after the clock has stopped.
/// - Everybody first does everything once on a small fleet, unmeasured, so that classes are loaded
///   and code is compiled.
/// - No database is dropped while there is room: some file systems are slow to create files for
///   minutes after many were deleted, and whoever comes next would pay.
/// - The order is another one in each round, so that no place in it and no neighbour is anybody's
///   own. It is drawn from the number of the round, so it is the same in every run.
final class Contest {
  private static final int WARM_UP_STORES = 200;
  private static final long ROOM = 20L << 30;

  private final BenchServer server;
  private final List<Contestant> contestants;
  private final PrintStream progress;

  Contest(BenchServer server, List<Contestant> contestants, PrintStream progress) {
    this.server = server;
    this.contestants = List.copyOf(contestants);
    this.progress = progress;
  }

  /// Measures everybody in that many rounds.
  ///
  /// @throws IllegalStateException when a contestant did not do its work
  Results run(int stores, int rounds) throws SQLException, InterruptedException {
    warmUp(Math.min(stores, WARM_UP_STORES));
    progress.printf("creating %d schemas%n", stores);
    var template = Tenants.create(server, "template_fleet", stores);
    List<Map<Contestant, Map<Operation, Duration>>> found = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      progress.printf("round %d of %d, in seconds: %s%n", round + 1, rounds, titles());
      found.add(round(template, round));
    }
    return new Results(
        stores, contestants.stream().map(contestant -> line(contestant, found)).toList());
  }

  private void warmUp(int stores) throws SQLException, InterruptedException {
    var template = Tenants.create(server, "template_warm", stores);
    for (Contestant contestant : contestants) {
      progress.printf("warming up on %d schemas: %s%n", stores, contestant.label());
      var fleet = server.copy(template, database("warm_up", contestant));
      var trial = new Trial(server, contestant, fleet);
      trial.firstMigration();
      trial.requirePending(stores);
      trial.furtherMigrations();
      leave(fleet);
    }
  }

  private Map<Contestant, Map<Operation, Duration>> round(Fleet template, int round)
      throws SQLException, InterruptedException {
    var order = new ArrayList<>(contestants);
    Collections.shuffle(order, new Random(round));
    Map<Contestant, Map<Operation, Duration>> found = new LinkedHashMap<>();
    for (Contestant contestant : order) {
      var fleet = server.copy(template, database("round_" + round, contestant));
      var trial = new Trial(server, contestant, fleet);
      trial.firstMigration();
      trial.furtherMigrations();
      leave(fleet);
      found.put(contestant, trial.times());
      progress.printf("  %-12s %s%n", contestant.label(), seconds(trial.times()));
    }
    return found;
  }

  private void leave(Fleet fleet) throws SQLException {
    if (server.freeBytes() < ROOM) {
      server.drop(fleet);
    }
  }

  private static String database(String occasion, Contestant contestant) {
    return occasion + "_" + contestant.label().replace('-', '_');
  }

  private static Results.Line line(
      Contestant contestant, List<Map<Contestant, Map<Operation, Duration>>> rounds) {
    Map<Operation, Sample> samples = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      samples.put(
          operation,
          new Sample(
              rounds.stream()
                  .map(round -> round.getOrDefault(contestant, Map.of()).get(operation))
                  .toList()));
    }
    return new Results.Line(contestant, samples);
  }

  private static String titles() {
    return String.join(", ", List.of(Operation.values()).stream().map(Operation::title).toList());
  }

  private static String seconds(Map<Operation, Duration> times) {
    var text = new StringBuilder();
    for (Operation operation : Operation.values()) {
      text.append(" %8.3f".formatted(Sample.seconds(times.getOrDefault(operation, Duration.ZERO))));
    }
    return text.toString();
  }
}
