package tranche.postgres.fanout;

import static org.awaitility.Awaitility.await;

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
    var unused = tranche(0).seconds() + floor(0).seconds();
    System.out.printf("warmed up in %.3f s%n", unused);
    List<Double> byTime = new ArrayList<>();
    List<Double> byCpu = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      boolean isOursFirst = round % 2 == 0;
      Cost first = isOursFirst ? tranche(round) : floor(round);
      Cost second = isOursFirst ? floor(round) : tranche(round);
      Cost ours = isOursFirst ? first : second;
      Cost floor = isOursFirst ? second : first;
      byTime.add(ours.seconds() / floor.seconds());
      byCpu.add(ours.serverCpu() / floor.serverCpu());
      System.out.printf(
          "round %d: floor %s, tranche %s, ratio %.3f of time, %.3f of the server's cpu%n",
          round, floor, ours, byTime.getLast(), byCpu.getLast());
    }
    byTime.sort(null);
    byCpu.sort(null);
    System.out.printf(
        "median ratio %.3f of time, %.3f of the server's cpu%n",
        byTime.get(rounds / 2), byCpu.get(rounds / 2));
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

  private Cost tranche(int round) throws Exception {
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

  private Cost floor(int round) throws Exception {
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

  private Cost inParallel(Worker worker) throws Exception {
    var index = new AtomicInteger();
    Callable<StoreId> next =
        () -> {
          int at = index.getAndIncrement();
          return at < stores.size() ? stores.get(at) : null;
        };
    double cpu = serverCpu();
    long own = ownCpu();
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
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Cost(seconds, serverCpu() - cpu, (ownCpu() - own) / 1e9);
  }

  /// Seconds on the clock, of the server's processors, and of ours.
  private record Cost(double seconds, double serverCpu, double ownCpu) {
    @Override
    public String toString() {
      return "%.3f s (server %.2f, client %.2f)".formatted(seconds, serverCpu, ownCpu);
    }
  }

  private static long ownCpu() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /// What the server's processes that have ended have used: those of all connections of a side.
  private double serverCpu() throws Exception {
    await()
        .atMost(java.time.Duration.ofSeconds(10))
        .until(() ->
            fleet
                .ask(
                    "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND"
                        + " datname = current_database()")
                .equals("0"));
    String pid = fleet.ask("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
    String stat = java.nio.file.Files.readString(java.nio.file.Path.of("/proc", pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
  }
}
