package tranche.bench.databases;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import tranche.bench.process.Heap;
import tranche.bench.process.Launcher;
import tranche.bench.process.MigrationFiles;
import tranche.bench.process.Outcome;
import tranche.bench.process.SchemaCommands;
import tranche.bench.process.SchemaCommands.Applied;
import tranche.bench.server.BenchServer;

/// A further migration for many databases on one server, by `tranche schema apply --parallel N` as
/// a process of its own, while the connections are counted; then the same again with nothing to do,
/// and the status of all.
///
/// The databases are copies of one that Tranche has migrated once, so each has a history.
final class DatabasesTrial {
  private static final String TEMPLATE = "blank";
  private static final int TRIES = 2;

  private final BenchServer server;
  private final Launcher launcher;
  private final PrintStream progress;
  private final MigrationFiles files;

  DatabasesTrial(BenchServer server, Launcher launcher, PrintStream progress) {
    this.server = server;
    this.launcher = launcher;
    this.progress = progress;
    this.files = new MigrationFiles(server.folder().resolve("databases-migrations"));
  }

  /// How PostgreSQL copies a database.
  enum Strategy {
    /// Page by page through the log.
    WAL_LOG,
    /// File by file, between two checkpoints.
    FILE_COPY
  }

  /// A process that has ended, and its connections.
  ///
  /// @param what what is known of it
  /// @param most the most connections at once
  /// @param samples how often they were counted
  /// @param longestGap the longest time in which they were not counted
  record Counted<T>(T what, int most, long samples, Duration longestGap) {}

  /// What was measured.
  ///
  /// @param strategy how the databases were made
  /// @param creation how long that took
  /// @param apply the further migration
  /// @param nothing the same again
  /// @param status the status of all
  record Measured(
      Strategy strategy,
      Duration creation,
      Counted<Applied> apply,
      Counted<Applied> nothing,
      Counted<Outcome> status) {}

  /// Makes the databases and measures.
  ///
  /// @throws IllegalStateException if a database lacks something afterwards
  Measured run(int count, int parallel) throws SQLException, InterruptedException {
    template();
    Strategy strategy = faster();
    progress.printf("creating %d databases by %s%n", count, strategy);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      copy(name(i), strategy);
    }
    var creation = Duration.ofNanos(System.nanoTime() - start);
    server.execute("CHECKPOINT");
    files.add(
        2,
        """
        ALTER TABLE account ADD COLUMN locale text;
        ALTER TABLE account ADD COLUMN due_on date;
        ALTER TABLE account ADD COLUMN priority integer NOT NULL DEFAULT 0;
        """);
    progress.printf("applying to %d databases%n", count);
    return measured(count, parallel, strategy, creation);
  }

  private Measured measured(int count, int parallel, Strategy strategy, Duration creation)
      throws SQLException, InterruptedException {
    SchemaCommands commands = commands("tenant_%");
    String[] options = {"--parallel", String.valueOf(parallel)};
    var apply = counted(() -> commands.apply(count, options));
    requireAll(count);
    var nothing = counted(() -> commands.apply(0, options));
    var status = counted(() -> commands.status(Heap.LIMITED));
    return new Measured(strategy, creation, apply, nothing, status);
  }

  /// Something that runs a process.
  @FunctionalInterface
  private interface Work<T> {
    T perform() throws InterruptedException;
  }

  private <T> Counted<T> counted(Work<T> work) throws SQLException, InterruptedException {
    T result;
    Connections connections = new Connections(server);
    try (connections) {
      result = work.perform();
    }
    return new Counted<>(
        result, connections.most(), connections.samples(), connections.longestGap());
  }

  private void template() throws SQLException, InterruptedException {
    server.execute("CREATE DATABASE " + TEMPLATE);
    files.add(1, "CREATE TABLE account (id bigint PRIMARY KEY, name text NOT NULL);\n");
    commands(TEMPLATE).apply(1);
  }

  private SchemaCommands commands(String databases) {
    List<String> target = List.of("--url", server.url("postgres"), "--databases", databases);
    return new SchemaCommands(launcher, server, files, target);
  }

  private Strategy faster() throws SQLException {
    Strategy fastest = Strategy.WAL_LOG;
    long least = Long.MAX_VALUE;
    for (Strategy strategy : Strategy.values()) {
      long start = System.nanoTime();
      for (int i = 0; i < TRIES; i++) {
        copy("try_%s_%d".formatted(strategy, i), strategy);
      }
      long took = System.nanoTime() - start;
      fastest = took < least ? strategy : fastest;
      least = Math.min(took, least);
    }
    return fastest;
  }

  private void copy(String name, Strategy strategy) throws SQLException {
    server.execute(
        "CREATE DATABASE %s TEMPLATE %s STRATEGY %s".formatted(name, TEMPLATE, strategy));
  }

  private static String name(int number) {
    return "tenant_%05d".formatted(number);
  }

  private void requireAll(int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      requireColumns(name(i));
    }
  }

  private void requireColumns(String database) throws SQLException {
    try (Connection connection = server.fleet(database, List.of()).connect();
        Statement statement = connection.createStatement();
        var result =
            statement.executeQuery(
                """
                SELECT count(*)
                FROM pg_attribute
                WHERE attrelid = 'public.account'::regclass
                  AND attname IN ('locale', 'due_on', 'priority')
                """)) {
      result.next();
      if (result.getInt(1) != 3) {
        throw new IllegalStateException(
            "%s has %d of 3 changes".formatted(database, result.getInt(1)));
      }
    }
  }
}
