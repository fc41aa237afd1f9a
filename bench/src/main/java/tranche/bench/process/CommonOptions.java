package tranche.bench.process;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tranche.bench.report.Findings;
import tranche.bench.report.Machine;
import tranche.bench.report.ResultFiles;
import tranche.bench.server.BenchServer;

/// What every benchmark takes that starts `tranche` as a process.
public final class CommonOptions {
  private static final Logger LIBRARIES = Logger.getLogger("");

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
  private Path results = Path.of("bench/results");

  @Option(
      names = "--tranche",
      paramLabel = "FILE",
      description = "The program that is measured. Default: ./tranche.")
  private Path program = Path.of("tranche");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /// An instance for picocli, which sets the options.
  public CommonOptions() {}

  /// Refuses a number that is out of its range.
  ///
  /// @throws ParameterException if it is
  public void requireRange(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d; it can be 1 to %d".formatted(option, value, max));
    }
  }

  /// Starts a server for the benchmark.
  ///
  /// @throws InterruptedException when the thread was interrupted while waiting
  public BenchServer start() throws InterruptedException {
    LIBRARIES.setLevel(Level.SEVERE);
    return BenchServer.start(data);
  }

  /// The program that is measured, working in the server's folder. It is run once, so that it has
  /// built itself if it must.
  ///
  /// @throws InterruptedException when the thread was interrupted while waiting
  public Launcher launcher(BenchServer server) throws InterruptedException {
    var launcher = new Launcher(program.toAbsolutePath(), server.folder().resolve("process"));
    launcher.run(server, Heap.ORDINARY, List.of("--version"));
    return launcher;
  }

  /// The facts that explain the figures.
  ///
  /// @throws SQLException when the server does not answer
  public Map<String, String> facts(BenchServer server) throws SQLException {
    Map<String, String> facts = new LinkedHashMap<>(Machine.facts());
    server.facts().forEach((name, value) -> facts.put("postgresql " + name, value));
    return facts;
  }

  /// What was typed.
  public String command() {
    var words = spec.root().commandLine().getParseResult().originalArgs();
    return "bench/run " + String.join(" ", words);
  }

  /// Writes the files and says what they say.
  public void publish(Findings findings) {
    var files = new ResultFiles(results);
    var tree = findings.tree();
    files.write(findings.name() + ".json", ResultFiles.pretty(tree));
    files.write(findings.name() + ".svg", findings.chart().svg());
    String page = findings.page(findings.name() + ".svg");
    files.write(findings.name() + ".md", page);
    var out = spec.commandLine().getOut();
    out.println(page);
    out.println("written to " + results.resolve(findings.name()) + ".md, .json and .svg");
    if (isJson) {
      out.println(ResultFiles.line(tree));
    }
    out.flush();
  }
}
