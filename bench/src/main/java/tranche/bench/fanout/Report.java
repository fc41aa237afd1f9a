package tranche.bench.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tranche.bench.contest.Tool;
import tranche.bench.report.BarChart;
import tranche.bench.report.BarChart.Bar;
import tranche.bench.report.BarChart.Panel;
import tranche.bench.report.BarChart.Side;
import tranche.bench.report.Findings;
import tranche.bench.report.Sample;

/// A run as a tree for JSON, as a page and as a chart.
///
/// @param results what was measured
/// @param rounds how often
/// @param command what was typed
/// @param facts the machine, the JVM, the server and the tools
record Report(Results results, int rounds, String command, Map<String, String> facts) {
  private static final List<Operation> SHOWN =
      List.of(
          Operation.APPLY,
          Operation.NOOP,
          Operation.FIRST_APPLY,
          Operation.COLUMNS,
          Operation.STATUS);

  /// Everything, ratios first; a ratio that could not be formed is null.
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("benchmark", "fanout");
    tree.put("stores", results.stores());
    tree.put("rounds", rounds);
    Ratios.of(results)
        .forEach((name, ratio) -> tree.put(name, ratio.map(Findings::rounded).orElse(null)));
    tree.put("best_connections", best());
    Map<String, Object> lines = new LinkedHashMap<>();
    for (Results.Line line : results.lines()) {
      Map<String, Object> operations = new LinkedHashMap<>();
      for (Operation operation : Operation.values()) {
        operations.put(operation.key(), tree(line.of(operation)));
      }
      lines.put(line.contestant().label(), operations);
    }
    tree.put("seconds", lines);
    tree.put("command", command);
    tree.put("date", Findings.now());
    tree.put("facts", facts);
    return tree;
  }

  private static Map<String, Object> tree(Sample sample) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("median", Findings.rounded(sample.seconds()));
    tree.put("min", Findings.rounded(Sample.seconds(sample.min())));
    tree.put("max", Findings.rounded(Sample.seconds(sample.max())));
    return tree;
  }

  /// Which number of connections represents a tool that took part with several.
  private Map<String, Object> best() {
    Map<String, Object> best = new LinkedHashMap<>();
    for (Tool tool : List.of(Tool.FLOOR, Tool.FLYWAY)) {
      Map<String, Object> operations = new LinkedHashMap<>();
      for (Operation operation : SHOWN) {
        results
            .best(operation, contestant -> contestant.tool().equals(tool.title()))
            .ifPresent(line -> operations.put(operation.key(), line.contestant().connections()));
      }
      best.put(tool.title(), operations);
    }
    return best;
  }

  /// The page that is kept beside the chart.
  ///
  /// @param chart the chart's file name
  String page(String chart) {
    var page = new StringBuilder();
    page.append("# Fan-out over %,d stores%n%n".formatted(results.stores()));
    page.append(
        "Made by `%s` on %s, %d rounds. "
            .formatted(command, Findings.now().substring(0, 10), rounds));
    page.append("Median of the rounds in seconds, with the least and the most in brackets.\n\n");
    page.append("![Seconds per tool and operation](%s)%n%n".formatted(chart));
    page.append("| tool and connections |");
    SHOWN.forEach(operation -> page.append(' ').append(operation.title()).append(" |"));
    page.append("\n|---|").append("---|".repeat(SHOWN.size())).append('\n');
    results.lines().forEach(line -> page.append(row(line)));
    page.append("\n| ratio | |\n|---|---|\n");
    Ratios.of(results)
        .forEach((name, ratio) -> page.append("| `%s` | %s |%n".formatted(name, text(ratio))));
    page.append("\n| fact | |\n|---|---|\n");
    facts.forEach((name, fact) -> page.append("| %s | %s |%n".formatted(name, fact)));
    return page.append("\n[How it is measured, and why that is fair](../README.md)\n").toString();
  }

  private static String row(Results.Line line) {
    var row = new StringBuilder("| " + line.contestant().label() + " |");
    for (Operation operation : SHOWN) {
      Sample sample = line.of(operation);
      row.append(
          String.format(
              Locale.ROOT,
              " %.3f (%.3f-%.3f) |",
              sample.seconds(),
              Sample.seconds(sample.min()),
              Sample.seconds(sample.max())));
    }
    return row.append('\n').toString();
  }

  private static String text(Optional<Double> ratio) {
    return ratio.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("not measured");
  }

  /// The chart: a panel per operation, one bar for the floor's best, the others in full.
  BarChart chart() {
    var panels = SHOWN.stream().map(this::panel).toList();
    return new BarChart(
        "%,d stores, seconds (shorter is better)".formatted(results.stores()),
        command + " on " + facts.getOrDefault("cores", "?") + " cores",
        panels);
  }

  private Panel panel(Operation operation) {
    List<Bar> bars = new ArrayList<>();
    results
        .best(operation, contestant -> contestant.tool().equals("floor"))
        .ifPresent(line -> bars.add(bar(line, operation)));
    results.lines().stream()
        .filter(line -> !line.contestant().tool().equals("floor"))
        .forEach(line -> bars.add(bar(line, operation)));
    return new Panel(operation.title(), bars);
  }

  private Bar bar(Results.Line line, Operation operation) {
    double seconds = line.of(operation).seconds();
    var text = String.format(Locale.ROOT, seconds < 1 ? "%.3f s" : "%.1f s", seconds);
    var side =
        switch (line.contestant().tool()) {
          case "tranche" -> Side.OURS;
          case "floor" -> Side.FLOOR;
          default -> Side.OTHER;
        };
    return new Bar(line.contestant().label(), seconds, text, side);
  }
}
