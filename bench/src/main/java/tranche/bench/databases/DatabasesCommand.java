package tranche.bench.databases;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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

/// `bench/run databases`.
@Command(
    name = "databases",
    mixinStandardHelpOptions = true,
    description = {
      "One migration of three statements for many databases on one server, and the most connections"
          + " that there ever were.",
      "",
      "500 databases take some minutes and 4 GB of disk."
    })
public final class DatabasesCommand implements Callable<Integer> {
  private static final int COUNT_MAX = 5_000;
  private static final int PARALLEL_MAX = 200;
  private static final double MILLIS = 1e3;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Databases, 1 to 5000. Default: ${DEFAULT-VALUE}.")
  private int count = 500;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "How many Tranche may change at once, 1 to 200. Default: ${DEFAULT-VALUE}.")
  private int parallel = 8;

  @Mixin private CommonOptions common = new CommonOptions();

  /// An instance for picocli, which sets the options.
  public DatabasesCommand() {}

  @Override
  public Integer call() throws SQLException, InterruptedException {
    common.requireRange("--count", count, COUNT_MAX);
    common.requireRange("--parallel", parallel, PARALLEL_MAX);
    DatabasesTrial.Measured measured;
    Map<String, String> facts;
    try (BenchServer server = common.start()) {
      facts = common.facts(server);
      var trial = new DatabasesTrial(server, common.launcher(server), System.err);
      measured = trial.run(count, parallel);
    }
    common.publish(
        new Findings(
            "databases",
            "databases-" + count,
            "%,d databases on one server".formatted(count),
            figures(measured),
            facts,
            common.command(),
            chart(measured)));
    return 0;
  }

  private Map<String, Object> figures(DatabasesTrial.Measured measured) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("databases", count);
    figures.put("parallel", parallel);
    figures.put("configured_connections", configured());
    figures.put("most_connections", most(measured));
    figures.put("status_connections", measured.status().most());
    figures.put("samples", measured.apply().samples());
    figures.put("longest_gap_ms", millis(measured.apply().longestGap()));
    figures.put("apply_seconds", seconds(measured.apply().what().took()));
    figures.put("noop_seconds", seconds(measured.nothing().what().took()));
    figures.put("status_seconds", seconds(measured.status().what().wall()));
    Outcome apply = measured.apply().what().process();
    figures.put("heap_mb", Findings.rounded(apply.heap().highMegabytes()));
    figures.put("max_rss_mb", Findings.rounded(apply.peakMegabytes()));
    figures.put("created_by", measured.strategy().name());
    figures.put("creation_seconds", seconds(measured.creation()));
    return figures;
  }

  private static int most(DatabasesTrial.Measured measured) {
    return Math.max(measured.apply().most(), measured.nothing().most());
  }

  private static double seconds(Duration time) {
    return Findings.rounded(Sample.seconds(time));
  }

  private static double millis(Duration time) {
    return Findings.rounded(Sample.seconds(time) * MILLIS);
  }

  /// One per store that is being changed, and one for the run itself.
  private int configured() {
    return parallel + 1;
  }

  private BarChart chart(DatabasesTrial.Measured measured) {
    return new BarChart(
        "%,d databases on one server".formatted(count),
        common.command(),
        List.of(
            new Panel(
                "seconds",
                List.of(
                    bar("apply", measured.apply().what().took()),
                    bar("nothing to do", measured.nothing().what().took()),
                    bar("status", measured.status().what().wall()))),
            new Panel(
                "connections",
                List.of(
                    new Bar("configured", configured(), "" + configured(), Side.FLOOR),
                    new Bar("most seen", most(measured), "" + most(measured), Side.OURS)))));
  }

  private static Bar bar(String label, Duration time) {
    String text = String.format(Locale.ROOT, "%.2f s", Sample.seconds(time));
    return new Bar(label, Sample.seconds(time), text, Side.OURS);
  }
}
