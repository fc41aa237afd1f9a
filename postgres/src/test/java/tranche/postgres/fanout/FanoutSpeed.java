package tranche.postgres.fanout;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.Expectation;
import tranche.core.migration.StoreHistory;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.StoreConnection;
import tranche.postgres.database.Connector;

/// Compares a further migration of 1,000 schemas with the least that anybody could send: one text
/// of several statements per store with the same statements and one history row. Both sides
/// alternate on the same server, because only their ratio means anything. Run by hand; arguments
/// are the number of stores, of connections and of rounds.
final class FanoutSpeed {
  private final Fleet fleet;
  private final List<StoreId> stores;
  private final int connections;

  private FanoutSpeed(Fleet fleet, List<StoreId> stores, int connections) {
    this.fleet = fleet;
    this.stores = stores;
    this.connections = connections;
  }

  /// Measures and prints.
  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 6;
    Fleet fleet = Fleet.fresh();
    List<StoreId> stores = prepare(fleet, count);
    new FanoutSpeed(fleet, stores, connections).run(rounds);
    System.exit(0);
  }

  private static List<StoreId> prepare(Fleet fleet, int count) throws SQLException {
    List<StoreId> stores = new ArrayList<>();
    try (Connection connection = fleet.connect()) {
      Fleet.run(
          connection,
          "CREATE TABLE public.floor_history (target text, version text, checksum text, at"
              + " timestamptz, PRIMARY KEY (target, version))");
      for (int i = 0; i < count; i++) {
        String schema = "tenant_" + i;
        var sql = new StringBuilder("CREATE SCHEMA " + schema + ";");
        for (int t = 0; t < 5; t++) {
          sql.append("CREATE TABLE " + schema + ".t" + t + " (id bigint PRIMARY KEY, name text);");
        }
        Fleet.run(connection, sql.toString());
        stores.add(fleet.store(schema));
      }
      Fleet.run(connection, "VACUUM ANALYZE");
    }
    return stores;
  }

  private void run(int rounds) throws Exception {
    tranche(0);
    floor(0);
    double best = Double.MAX_VALUE;
    double bestFloor = Double.MAX_VALUE;
    double sum = 0;
    for (int round = 1; round <= rounds; round++) {
      boolean first = round % 2 == 0;
      double a = first ? tranche(round) : floor(round);
      double b = first ? floor(round) : tranche(round);
      double ours = first ? a : b;
      double floor = first ? b : a;
      best = Math.min(best, ours);
      bestFloor = Math.min(bestFloor, floor);
      sum += ours / floor;
      System.out.printf(
          "round %d: floor %.3f s, tranche %.3f s, ratio %.3f%n", round, floor, ours, ours / floor);
    }
    System.out.printf(
        "best: floor %.3f s, tranche %.3f s, ratio of bests %.3f, mean ratio %.3f%n",
        bestFloor, best, best / bestFloor, sum / rounds);
    for (int i = 0; i < 3; i++) {
      long begun = System.nanoTime();
      int read = fleet.access.read(fleet.database.id(), stores).size();
      System.out.printf("read %d stores in %.1f ms%n", read, (System.nanoTime() - begun) / 1e6);
    }
  }

  private static List<String> statements(String side, int round) {
    return List.of(
        "ALTER TABLE t0 ADD COLUMN " + side + round + " int",
        "ALTER TABLE t1 ADD COLUMN " + side + round + " text",
        "CREATE INDEX i" + side + round + " ON t2 (name)");
  }

  private double tranche(int round) throws Exception {
    List<String> sql = statements("x", round);
    CompiledMigration migration =
        Scripts.of(Integer.toString(round + 1), Scripts.lines(sql.toArray(String[]::new)))
            .expecting(
                new Expectation.ColumnThere("t0", "x" + round),
                new Expectation.ColumnThere("t1", "x" + round),
                new Expectation.IndexValid("ix" + round))
            .undo("DROP INDEX ix" + round)
            .made();
    RunContext context = fleet.run();
    var readings = fleet.access.read(fleet.database.id(), stores);
    return inParallel(next -> {
      try (StoreConnection connection = fleet.access.connect(fleet.database.id(), context)) {
        for (StoreId store = next.call(); store != null; store = next.call()) {
          StoreHistory before =
              readings.get(store) instanceof StoreReading.Managed(var history, _)
                  ? history
                  : Fleet.empty();
          StoreOutcome outcome =
              connection.perform(store, new StoreTask.Apply(before, List.of(migration)));
          if (!(outcome instanceof StoreOutcome.Done)) {
            throw new IllegalStateException(outcome.toString());
          }
        }
      }
    });
  }

  private double floor(int round) throws Exception {
    String ddl = String.join(";", statements("y", round));
    return inParallel(next -> {
      try (Connection connection =
              Connector.openPlain(
                  fleet.database.address(), fleet.database.admin(), Fleet.LONG, "floor");
          Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        for (StoreId store = next.call(); store != null; store = next.call()) {
          statement.execute(
              ("BEGIN;SET LOCAL search_path=\"%s\";%s;INSERT INTO public.floor_history"
                      + " VALUES ('%s','%d','%s',clock_timestamp());COMMIT")
                  .formatted(store.schema(), ddl, store.schema(), round, "0".repeat(64)));
        }
      }
    });
  }

  private interface Worker {
    void work(Callable<StoreId> next) throws Exception;
  }

  private double inParallel(Worker worker) throws Exception {
    var index = new AtomicInteger();
    Callable<StoreId> next =
        () -> {
          int at = index.getAndIncrement();
          return at < stores.size() ? stores.get(at) : null;
        };
    long begun = System.nanoTime();
    try (ExecutorService executor = Executors.newFixedThreadPool(connections)) {
      Collection<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        futures.add(
            executor.submit(() -> {
              worker.work(next);
              return null;
            }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }
    return (System.nanoTime() - begun) / 1e9;
  }
}
