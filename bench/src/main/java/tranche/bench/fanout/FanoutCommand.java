package tranche.bench.fanout;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tranche.bench.contest.Contestant;
import tranche.bench.contest.Tool;
import tranche.bench.report.Machine;
import tranche.bench.report.ResultFiles;
import tranche.bench.server.BenchServer;

/// `bench/run fanout`.
@Command(
    name = "fanout",
    mixinStandardHelpOptions = true,
    description = {
      "One migration of three statements for many schemas: by hand (the floor), by Tranche, by"
          + " Flyway, by Liquibase.",
      "",
      "Measures the first migration, a further one, nothing to do, and the status of all, on a"
          + " server of its own with durable settings. 1,000 stores and 3 rounds take about a"
          + " quarter of an hour; keep the machine otherwise idle."
    })
public final class FanoutCommand implements Callable<Integer> {
  private static final int STORES_MAX = 50_000;
  private static final int ROUNDS_MAX = 50;
  private static final Logger LIBRARIES = Logger.getLogger("");

  @Option(
      names = "--stores",
      paramLabel = "N",
      description = "Schemas per contestant, 1 to 50000. Default: ${DEFAULT-VALUE}.")
  private int stores = 1_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often everybody does everything, 1 to 50. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--only",
      paramLabel = "TOOL",
      split = ",",
      description =
          "Only these tools: ${COMPLETION-CANDIDATES}. Ratios to the others are then null, and the"
              + " results go to bench/target/results.")
  private Set<Tool> only = EnumSet.noneOf(Tool.class);

  @Option(names = "--json", description = "End standard output with one line of JSON.")
  private boolean isJson;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where the server keeps its data meanwhile. Default: bench/target/server.")
  private Path data = Path.of("bench/target/server");

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      description = "Where the results are written. Default: bench/results.")
  private Path folder = Path.of("bench/results");

  @Spec private CommandSpec spec = CommandSpec.create();

  /// An instance for picocli, which sets the options.
  public FanoutCommand() {}

  @Override
  public Integer call() throws SQLException, InterruptedException {
    requireRange("--stores", stores, STORES_MAX);
    requireRange("--rounds", rounds, ROUNDS_MAX);
    LIBRARIES.setLevel(Level.SEVERE);
    Set<Tool> tools = only.isEmpty() ? EnumSet.allOf(Tool.class) : only;
    List<Contestant> contestants =
        tools.stream().sorted().flatMap(tool -> tool.contestants().stream()).toList();
    Map<String, String> facts = new LinkedHashMap<>(Machine.facts());
    tools.forEach(
        tool -> tool.version().ifPresent(version -> facts.put(tool.title() + " version", version)));
    Results results;
    try (BenchServer server = BenchServer.start(data)) {
      server.facts().forEach((name, value) -> facts.put("postgresql " + name, value));
      results = new Contest(server, contestants, System.err).run(stores, rounds);
    }
    publish(new Report(results, rounds, command(), facts), System.out);
    return 0;
  }

  private void publish(Report report, PrintStream out) {
    var place = only.isEmpty() ? folder : Path.of("bench/target/results");
    var files = new ResultFiles(place);
    String name = "fanout-" + stores;
    files.write(name + ".json", ResultFiles.pretty(report.tree()));
    files.write(name + ".svg", report.chart().svg());
    String page = report.page(name + ".svg");
    files.write(name + ".md", page);
    out.println(page);
    out.println("written to " + place.resolve(name) + ".md, .json and .svg");
    if (isJson) {
      out.println(ResultFiles.line(report.tree()));
    }
  }

  private String command() {
    var words = spec.root().commandLine().getParseResult().originalArgs();
    return "bench/run " + String.join(" ", words);
  }

  private void requireRange(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d; it can be 1 to %d".formatted(option, value, max));
    }
  }
}
