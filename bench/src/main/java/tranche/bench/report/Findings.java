package tranche.bench.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a benchmark found out, as a tree for JSON and as a page.
///
/// @param benchmark the benchmark's name
/// @param name what its files are called
/// @param title above the page
/// @param figures numbers and texts by name, the ones that claims are made of first; a map holds
///   further ones
/// @param facts the machine, the JVM, the server and the tools
/// @param command what was typed
/// @param chart beside the page
public record Findings(
    String benchmark,
    String name,
    String title,
    Map<String, Object> figures,
    Map<String, String> facts,
    String command,
    BarChart chart) {
  private static final double DIGITS = 10_000;

  /// Copies the maps, in their order.
  public Findings {
    figures = new LinkedHashMap<>(figures);
    facts = new LinkedHashMap<>(facts);
  }

  /// Everything, for one line of JSON.
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("benchmark", benchmark);
    tree.putAll(figures);
    tree.put("command", command);
    tree.put("date", now());
    tree.put("facts", facts);
    return tree;
  }

  /// The page that is kept beside the chart.
  ///
  /// @param picture the chart's file name
  public String page(String picture) {
    var page = new StringBuilder();
    page.append("# %s%n%n".formatted(title));
    page.append("Made by `%s` on %s.%n%n".formatted(command, now().substring(0, 10)));
    page.append("![%s](%s)%n%n".formatted(title, picture));
    page.append("| figure | |\n|---|---|\n");
    figures.forEach((name, figure) -> rows(page, name, figure));
    page.append("\n| fact | |\n|---|---|\n");
    facts.forEach((name, fact) -> page.append("| %s | %s |%n".formatted(name, fact)));
    return page.append("\n[How it is measured](../README.md)\n").toString();
  }

  private static void rows(StringBuilder page, String name, Object figure) {
    if (figure instanceof Map<?, ?> further) {
      further.forEach((inner, value) -> rows(page, name + "." + inner, value));
    } else {
      String text = figure instanceof Double number ? number(number) : String.valueOf(figure);
      page.append("| `%s` | %s |%n".formatted(name, text));
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  /// The time in UTC, for the record.
  public static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// A number with four digits behind the point, which is more than any figure here deserves.
  public static double rounded(double value) {
    return Math.round(value * DIGITS) / DIGITS;
  }
}
