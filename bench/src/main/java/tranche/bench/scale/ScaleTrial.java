package tranche.bench.scale;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import tranche.bench.contest.Fleet;
import tranche.bench.process.Backends;
import tranche.bench.process.Launcher;
import tranche.bench.process.MigrationFiles;
import tranche.bench.process.SchemaCommands;
import tranche.bench.process.SchemaCommands.Applied;
import tranche.bench.server.BenchServer;
import tranche.bench.server.Tenants;

/// One further migration of three statements after the other, each on a small fleet and on a large
/// one, by `tranche schema apply` as a process of its own with a heap of at most 256 MB.
///
/// Both fleets are on the same server, each in a database of its own. Which of them comes first
/// changes from round to round.
final class ScaleTrial {
  private static final String TABLES =
      """
      CREATE TABLE account (
        id bigint PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
      CREATE TABLE invoice (
        id bigint PRIMARY KEY, account_id bigint NOT NULL, amount numeric(12, 2) NOT NULL);
      CREATE TABLE payment (
        id bigint PRIMARY KEY, invoice_id bigint NOT NULL, paid_at timestamptz NOT NULL);
      CREATE TABLE ticket (
        id bigint PRIMARY KEY, account_id bigint NOT NULL, title text NOT NULL, body text);
      CREATE TABLE comment (
        id bigint PRIMARY KEY, ticket_id bigint NOT NULL, body text NOT NULL);
      """;
  private static final int STATEMENTS = 3;

  private final BenchServer server;
  private final Launcher launcher;
  private final PrintStream progress;
  private final MigrationFiles files;

  ScaleTrial(BenchServer server, Launcher launcher, PrintStream progress) {
    this.server = server;
    this.launcher = launcher;
    this.progress = progress;
    this.files = new MigrationFiles(server.folder().resolve("scale-migrations"));
  }

  /// One fleet's runs.
  ///
  /// @param stores how many it has
  /// @param runs one per round
  /// @param backendMegabytes the largest server process that was seen while they went on
  /// @param backendOwnMegabytes the same without shared buffers
  record Size(int stores, List<Applied> runs, double backendMegabytes, double backendOwnMegabytes) {
    Size {
      runs = List.copyOf(runs);
    }

    private Size with(Applied run, Backends backends) {
      List<Applied> more = new ArrayList<>(runs);
      more.add(run);
      return new Size(
          stores,
          more,
          Math.max(backendMegabytes, backends.largestMegabytes()),
          Math.max(backendOwnMegabytes, backends.largestOwnMegabytes()));
    }
  }

  /// Both fleets' runs.
  record Measured(Size small, Size large) {}

  /// Makes the fleets and measures.
  ///
  /// @throws IllegalStateException if a change is missing afterwards
  Measured run(int few, int many, int rounds) throws SQLException, InterruptedException {
    files.add(1, TABLES);
    Fleet smallFleet = prepared("small", few);
    Fleet largeFleet = prepared("large", many);
    var small = new Size(few, List.of(), 0, 0);
    var large = new Size(many, List.of(), 0, 0);
    for (int round = 1; round <= rounds; round++) {
      files.add(round + 1, further(round));
      if (round % 2 == 1) {
        small = measured(small, smallFleet, round);
        large = measured(large, largeFleet, round);
      } else {
        large = measured(large, largeFleet, round);
        small = measured(small, smallFleet, round);
      }
    }
    return new Measured(small, large);
  }

  private static String further(int round) {
    return """
    ALTER TABLE account ADD COLUMN locale_%1$d text;
    ALTER TABLE invoice ADD COLUMN due_on_%1$d date;
    ALTER TABLE ticket ADD COLUMN priority_%1$d integer NOT NULL DEFAULT 0;
    """
        .formatted(round);
  }

  private Fleet prepared(String database, int stores) throws SQLException, InterruptedException {
    progress.printf("creating %,d schemas with five tables each%n", stores);
    Fleet fleet = Tenants.bare(server, database, stores);
    commands(fleet).apply(stores);
    return fleet;
  }

  private SchemaCommands commands(Fleet fleet) {
    return SchemaCommands.schemas(launcher, server, files, fleet.database());
  }

  private Size measured(Size size, Fleet fleet, int round)
      throws SQLException, InterruptedException {
    server.execute("CHECKPOINT");
    Applied run;
    Backends backends = Backends.watch(server);
    try (backends) {
      run = commands(fleet).apply(size.stores());
    }
    requireColumns(fleet, round);
    progress.printf("round %d, %,d stores: %s%n", round, size.stores(), run.took());
    return size.with(run, backends);
  }

  private static void requireColumns(Fleet fleet, int round) throws SQLException {
    try (Connection connection = fleet.connect();
        Statement statement = connection.createStatement();
        var result =
            statement.executeQuery(
                """
                SELECT count(*)
                FROM pg_attribute
                WHERE attname IN ('locale_%1$d', 'due_on_%1$d', 'priority_%1$d')
                """
                    .formatted(round))) {
      result.next();
      int wanted = STATEMENTS * fleet.schemas().size();
      if (result.getInt(1) != wanted) {
        throw new IllegalStateException(
            "%d of %d changes are there".formatted(result.getInt(1), wanted));
      }
    }
  }
}
