package tranche.bench.status;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tranche.bench.process.CommonOptions;
import tranche.bench.process.Outcome;
import tranche.bench.report.BarChart;
import tranche.bench.report.BarChart.Bar;
import tranche.bench.report.BarChart.Panel;
import tranche.bench.report.BarChart.Side;
import tranche.bench.report.Findings;
import tranche.bench.report.Sample;
import tranche.bench.server.BenchServer;

/// `bench/run status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "How long `tranche schema status` takes over many schemas, from typing it to its end, and how"
          + " much memory it needs.",
      "",
      "10,000 stores and 10 runs take some minutes, nearly all of it to make the stores."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final int STORES_MAX = 100_000;
  private static final int RUNS_MAX = 100;

  @Option(
      names = "--stores",
      paramLabel = "N",
      description = "Schemas, 1 to 100000. Default: ${DEFAULT-VALUE}.")
  private int stores = 10_000;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often it is asked, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int runs = 10;

  @Mixin private CommonOptions common = new CommonOptions();

  /// An instance for picocli, which sets the options.
  public StatusCommand() {}

  @Override
  public Integer call() throws SQLException, InterruptedException {
    common.requireRange("--stores", stores, STORES_MAX);
    common.requireRange("--runs", runs, RUNS_MAX);
    StatusTrial.Measured measured;
    Map<String, String> facts;
    try (BenchServer server = common.start()) {
      facts = common.facts(server);
      var launcher = common.launcher(server);
      measured = new StatusTrial(server, launcher, System.err).run(stores, runs);
    }
    common.publish(
        new Findings(
            "status",
            "status-" + stores,
            "Status of %,d stores".formatted(stores),
            figures(measured),
            facts,
            common.command(),
            chart(measured)));
    return 0;
  }

  private Map<String, Object> figures(StatusTrial.Measured measured) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("stores", stores);
    figures.put("runs", runs);
    add(figures, "status", measured.limited());
    add(figures, "default_status", measured.ordinary());
    add(figures, "start", measured.start());
    return figures;
  }

  private static void add(Map<String, Object> figures, String name, List<Outcome> outcomes) {
    Sample wall = wall(outcomes);
    figures.put(name + "_seconds", Findings.rounded(wall.seconds()));
    figures.put(name + "_worst_seconds", Findings.rounded(Sample.seconds(wall.max())));
    figures.put(name + "_max_rss_mb", worst(outcomes, Outcome::peakMegabytes));
    figures.put(name + "_heap_mb", worst(outcomes, o -> o.heap().highMegabytes()));
    figures.put(name + "_cpu_seconds", worst(outcomes, Outcome::cpuSeconds));
  }

  private static Sample wall(List<Outcome> outcomes) {
    return new Sample(outcomes.stream().map(Outcome::wall).toList());
  }

  private static double worst(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
    return Findings.rounded(outcomes.stream().mapToDouble(figure).max().orElseThrow());
  }

  private BarChart chart(StatusTrial.Measured measured) {
    List<Bar> seconds = new ArrayList<>();
    List<Bar> megabytes = new ArrayList<>();
    Map<String, List<Outcome>> all = new LinkedHashMap<>();
    all.put("--version", measured.start());
    all.put("status", measured.ordinary());
    all.put("status, 256 MB", measured.limited());
    all.forEach((label, outcomes) -> {
      Duration median = wall(outcomes).median();
      Side side = label.equals("--version") ? Side.FLOOR : Side.OURS;
      seconds.add(bar(label, Sample.seconds(median), "%.2f s", side));
      megabytes.add(bar(label, worst(outcomes, Outcome::peakMegabytes), "%.0f MB", side));
    });
    return new BarChart(
        "tranche schema status over %,d stores".formatted(stores),
        common.command(),
        List.of(
            new Panel("whole process, median", seconds),
            new Panel("resident memory, the most", megabytes)));
  }

  private static Bar bar(String label, double value, String form, Side side) {
    return new Bar(label, value, String.format(Locale.ROOT, form, value), side);
  }
}
