package tranche.bench.scale;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tranche.bench.process.CommonOptions;
import tranche.bench.process.Outcome;
import tranche.bench.process.SchemaCommands.Applied;
import tranche.bench.report.BarChart;
import tranche.bench.report.BarChart.Bar;
import tranche.bench.report.BarChart.Panel;
import tranche.bench.report.BarChart.Side;
import tranche.bench.report.Findings;
import tranche.bench.report.Sample;
import tranche.bench.scale.ScaleTrial.Size;
import tranche.bench.server.BenchServer;

/// `bench/run scale`.
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description = {
      "Whether a store costs the same in a large fleet as in a small one, and how much memory"
          + " Tranche and the server's processes need for it.",
      "",
      "10,000 stores and 3 rounds take some minutes and 4 GB of disk."
    })
public final class ScaleCommand implements Callable<Integer> {
  private static final int STORES_MAX = 50_000;
  private static final int ROUNDS_MAX = 50;
  private static final double MILLIS = 1e3;

  @Option(
      names = "--small",
      paramLabel = "N",
      description = "Schemas of the small fleet, 1 to 50000. Default: ${DEFAULT-VALUE}.")
  private int few = 1_000;

  @Option(
      names = "--stores",
      paramLabel = "N",
      description = "Schemas of the large fleet, 1 to 50000. Default: ${DEFAULT-VALUE}.")
  private int many = 10_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many migrations are measured, 1 to 50. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Mixin private CommonOptions common = new CommonOptions();

  /// An instance for picocli, which sets the options.
  public ScaleCommand() {}

  @Override
  public Integer call() throws SQLException, InterruptedException {
    common.requireRange("--small", few, STORES_MAX);
    common.requireRange("--stores", many, STORES_MAX);
    common.requireRange("--rounds", rounds, ROUNDS_MAX);
    ScaleTrial.Measured measured;
    Map<String, String> facts;
    try (BenchServer server = common.start()) {
      facts = common.facts(server);
      var trial = new ScaleTrial(server, common.launcher(server), System.err);
      measured = trial.run(few, many, rounds);
    }
    common.publish(
        new Findings(
            "scale",
            "scale-" + many,
            "A store in a fleet of %,d and in one of %,d".formatted(few, many),
            figures(measured),
            facts,
            common.command(),
            chart(measured)));
    return 0;
  }

  private Map<String, Object> figures(ScaleTrial.Measured measured) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("stores", many);
    figures.put("small_stores", few);
    figures.put("rounds", rounds);
    figures.put("per_store_ratio", ratio(measured, Applied::took));
    figures.put("process_per_store_ratio", ratio(measured, run -> run.process().wall()));
    figures.put("heap_mb", worst(measured.large(), run -> run.heap().highMegabytes()));
    figures.put("largest_backend_rss_mb", Findings.rounded(measured.large().backendMegabytes()));
    figures.put("largest_backend_own_mb", Findings.rounded(measured.large().backendOwnMegabytes()));
    figures.put("large", figures(measured.large()));
    figures.put("small", figures(measured.small()));
    return figures;
  }

  private static Map<String, Object> figures(Size size) {
    Sample took = sample(size, Applied::took);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seconds", Findings.rounded(took.seconds()));
    figures.put("worst_seconds", Findings.rounded(Sample.seconds(took.max())));
    figures.put("per_store_ms", Findings.rounded(perStoreMillis(size, Applied::took)));
    figures.put(
        "process_seconds", Findings.rounded(sample(size, run -> run.process().wall()).seconds()));
    figures.put("heap_mb", worst(size, run -> run.heap().highMegabytes()));
    figures.put("live_heap_mb", worst(size, run -> run.heap().liveMegabytes().orElse(0)));
    figures.put("max_rss_mb", worst(size, Outcome::peakMegabytes));
    figures.put("backend_rss_mb", Findings.rounded(size.backendMegabytes()));
    figures.put("backend_own_mb", Findings.rounded(size.backendOwnMegabytes()));
    return figures;
  }

  private static double ratio(ScaleTrial.Measured measured, Function<Applied, Duration> time) {
    return Findings.rounded(
        perStoreMillis(measured.large(), time) / perStoreMillis(measured.small(), time));
  }

  private static double perStoreMillis(Size size, Function<Applied, Duration> time) {
    return sample(size, time).seconds() * MILLIS / size.stores();
  }

  private static Sample sample(Size size, Function<Applied, Duration> time) {
    return new Sample(size.runs().stream().map(time).toList());
  }

  private static double worst(Size size, ToDoubleFunction<Outcome> figure) {
    return Findings.rounded(
        size.runs().stream().map(Applied::process).mapToDouble(figure).max().orElseThrow());
  }

  private BarChart chart(ScaleTrial.Measured measured) {
    return new BarChart(
        "tranche schema apply, small and large fleet",
        common.command(),
        List.of(
            panel(
                "time per store, median",
                measured,
                "%.2f ms",
                s -> perStoreMillis(s, Applied::took)),
            panel(
                "heap, the most in use (limit 256 MB)",
                measured,
                "%.0f MB",
                s -> worst(s, run -> run.heap().highMegabytes())),
            panel("largest server process, resident", measured, "%.0f MB", Size::backendMegabytes),
            panel(
                "largest server process, its own",
                measured,
                "%.0f MB",
                Size::backendOwnMegabytes)));
  }

  private static Panel panel(
      String title, ScaleTrial.Measured measured, String form, ToDoubleFunction<Size> figure) {
    return new Panel(
        title,
        List.of(measured.small(), measured.large()).stream()
            .map(size -> {
              double value = figure.applyAsDouble(size);
              String label = String.format(Locale.ROOT, "%,d stores", size.stores());
              return new Bar(label, value, String.format(Locale.ROOT, form, value), Side.OURS);
            })
            .toList());
  }
}
