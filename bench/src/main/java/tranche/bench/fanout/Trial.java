package tranche.bench.fanout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tranche.bench.contest.Contestant;
import tranche.bench.contest.Fleet;
import tranche.bench.contest.Stage;
import tranche.bench.report.Sample;
import tranche.bench.server.BenchServer;
import tranche.bench.server.Inspection;

/// One contestant at work on one fresh fleet, with the clock running.
///
/// Operations that change nothing are repeated, since one may be over too soon to trust the clock;
/// their median counts.
final class Trial {
  private static final int REPEATS = 5;
  private static final Duration REPEAT_LIMIT = Duration.ofSeconds(2);

  private final BenchServer server;
  private final Contestant contestant;
  private final Fleet fleet;
  private final Map<Operation, Duration> times = new EnumMap<>(Operation.class);

  Trial(BenchServer server, Contestant contestant, Fleet fleet) {
    this.server = server;
    this.contestant = contestant;
    this.fleet = fleet;
  }

  /// Something that takes time.
  @FunctionalInterface
  private interface Work {
    void perform() throws SQLException, InterruptedException;
  }

  /// The first migration, and whether it was really done.
  void firstMigration() throws SQLException, InterruptedException {
    apply(Operation.FIRST_APPLY, Stage.FIRST);
  }

  /// The further migrations, then what changes nothing.
  void furtherMigrations() throws SQLException, InterruptedException {
    apply(Operation.APPLY, Stage.FURTHER);
    apply(Operation.COLUMNS, Stage.COLUMNS);
    repeat(Operation.NOOP, () -> contestant.apply(fleet, Stage.COLUMNS));
    Inspection.require(fleet, Stage.COLUMNS, contestant.label());
    repeat(Operation.STATUS, () -> requirePending(0));
  }

  /// Asks the contestant how many stores lack the last migration.
  ///
  /// @throws IllegalStateException when it counts differently
  void requirePending(int stores) throws SQLException, InterruptedException {
    int found = contestant.pending(fleet, Stage.COLUMNS);
    if (found != stores) {
      throw new IllegalStateException(
          "%s sees %d stores with something to do where there are %d"
              .formatted(contestant.label(), found, stores));
    }
  }

  /// What was measured so far.
  Map<Operation, Duration> times() {
    return Map.copyOf(times);
  }

  private void apply(Operation operation, Stage stage) throws SQLException, InterruptedException {
    settle();
    times.put(operation, measured(() -> contestant.apply(fleet, stage)));
    Inspection.require(fleet, stage, contestant.label());
  }

  private void repeat(Operation operation, Work work) throws SQLException, InterruptedException {
    settle();
    List<Duration> found = new ArrayList<>();
    var sum = Duration.ZERO;
    while (found.isEmpty() || (found.size() < REPEATS && sum.compareTo(REPEAT_LIMIT) < 0)) {
      found.add(measured(work));
      sum = sum.plus(found.getLast());
    }
    times.put(operation, new Sample(found).median());
  }

  /// Everybody starts with nothing left to write and nothing left to collect.
  private void settle() throws SQLException {
    server.execute("CHECKPOINT");
    System.gc();
  }

  private static Duration measured(Work work) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    work.perform();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
