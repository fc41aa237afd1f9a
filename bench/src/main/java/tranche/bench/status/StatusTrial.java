package tranche.bench.status;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tranche.bench.process.Heap;
import tranche.bench.process.Launcher;
import tranche.bench.process.MigrationFiles;
import tranche.bench.process.Outcome;
import tranche.bench.process.SchemaCommands;
import tranche.bench.server.BenchServer;
import tranche.bench.server.Tenants;

/// Asks again and again how far a fleet is.
///
/// The stores have a history of five migrations, but one in ten lacks the last of them, so the
/// folder has to be read, and compared with more than one history. What the command says is checked
/// once, before the clock runs.
final class StatusTrial {
  private static final String DATABASE = "fleet";
  private static final int LAST = 5;
  private static final int ONE_IN = 10;
  private static final int WARM_UP = 2;

  private final BenchServer server;
  private final Launcher launcher;
  private final PrintStream progress;

  StatusTrial(BenchServer server, Launcher launcher, PrintStream progress) {
    this.server = server;
    this.launcher = launcher;
    this.progress = progress;
  }

  /// What was measured.
  ///
  /// @param limited processes with a heap of 256 MB at most
  /// @param ordinary processes as the launcher starts them
  /// @param start processes that only say their version
  record Measured(List<Outcome> limited, List<Outcome> ordinary, List<Outcome> start) {
    Measured {
      limited = List.copyOf(limited);
      ordinary = List.copyOf(ordinary);
      start = List.copyOf(start);
    }
  }

  /// Makes the fleet and measures.
  ///
  /// @throws IllegalStateException if what is said about the stores is not so
  Measured run(int stores, int runs) throws SQLException, InterruptedException {
    SchemaCommands commands = prepared(stores);
    for (int i = 0; i < Math.min(WARM_UP, runs); i++) {
      commands.status(Heap.LIMITED);
    }
    List<Outcome> limited = new ArrayList<>();
    List<Outcome> ordinary = new ArrayList<>();
    List<Outcome> start = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      progress.printf("run %d of %d%n", i + 1, runs);
      limited.add(commands.status(Heap.LIMITED));
      ordinary.add(commands.status(Heap.ORDINARY));
      start.add(launcher.run(server, Heap.ORDINARY, List.of("--version")));
    }
    return new Measured(limited, ordinary, start);
  }

  private SchemaCommands prepared(int stores) throws SQLException, InterruptedException {
    progress.printf("creating %d schemas%n", stores);
    Tenants.bare(server, DATABASE, stores);
    var files = new MigrationFiles(server.folder().resolve("status-migrations"));
    files.add(1, "CREATE TABLE account (id bigint PRIMARY KEY, name text NOT NULL);\n");
    for (int version = 2; version <= LAST; version++) {
      files.add(version, "ALTER TABLE account ADD COLUMN more_%d text;\n".formatted(version));
    }
    var all = SchemaCommands.schemas(launcher, server, files, DATABASE);
    all.apply(stores, "--to", String.valueOf(LAST - 1));
    List<String> target =
        Stream.concat(
                Stream.of("--url", server.url(DATABASE)),
                IntStream.range(0, ONE_IN - 1)
                    .boxed()
                    .flatMap(digit -> Stream.of("--schemas", "tenant_%" + digit)))
            .toList();
    int done = stores - stores / ONE_IN;
    new SchemaCommands(launcher, server, files, target).apply(done);
    requireStates(all.states(), done, stores - done);
    return all;
  }

  private static void requireStates(Map<String, Integer> states, int current, int behind) {
    var expected = Map.of("current", current, "behind", behind);
    if (!states.equals(expected)) {
      throw new IllegalStateException(
          "status says %s of stores that are %s".formatted(states, expected));
    }
  }
}
