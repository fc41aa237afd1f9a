package tranche.config.migration;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tranche.core.migration.StorePlaceholder;

/// Replaces placeholders as Flyway does: everywhere in the text, comments and literals included,
/// and never in what was replaced before.
///
/// Those whose value a store decides become the marks of [StorePlaceholder]. Those whose value
/// would differ from run to run or from machine to machine are refused unless a value is given.
final class PlaceholderText {
  private static final String FLYWAY = "flyway";
  private static final Map<String, String> NOT_REPRODUCIBLE =
      Map.of(
          "timestamp", "is another at each run",
          "workingdirectory", "depends on where the command is run",
          "environment", "depends on which environment Flyway was told to use");

  private final PlaceholderRules rules;
  private final Map<String, String> values = new HashMap<>();

  PlaceholderText(FolderSettings settings) {
    rules = settings.placeholders();
    values.putAll(rules.values());
    builtIn(FLYWAY, "defaultschema", StorePlaceholder.SCHEMA);
    builtIn(FLYWAY, "schemas", StorePlaceholder.SCHEMA);
    builtIn(FLYWAY, "database", StorePlaceholder.DATABASE);
    builtIn(FLYWAY, "user", StorePlaceholder.USER);
    for (StorePlaceholder placeholder : StorePlaceholder.values()) {
      builtIn("tranche", placeholder.name().toLowerCase(Locale.ROOT), placeholder);
    }
    values.put(builtIn(FLYWAY, "table"), settings.historyTable());
  }

  private void builtIn(String family, String name, StorePlaceholder placeholder) {
    values.put(builtIn(family, name), placeholder.mark());
  }

  private String builtIn(String family, String name) {
    return family + rules.separator().toLowerCase(Locale.ROOT) + name;
  }

  /// The text with values for placeholders.
  ///
  /// @throws tranche.core.problem.ProblemException naming the first placeholder without a value
  String replaced(Path file, String text) {
    String prefix = rules.prefix();
    if (!text.contains(prefix)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 64);
    int at = 0;
    while (at < text.length()) {
      int next = text.indexOf(prefix.charAt(0), at);
      int begin = next < 0 ? text.length() : next;
      out.append(text, at, begin);
      int matched = matched(text, begin);
      if (matched < prefix.length()) {
        // What was compared in vain is not looked at again: `$${x}` has no placeholder in Flyway.
        at = Math.min(text.length(), begin + matched + 1);
        out.append(text, begin, at);
      } else {
        int start = begin + prefix.length();
        int end = text.indexOf(rules.suffix(), start);
        out.append(value(file, text, start, end < 0 ? text.length() : end));
        at = end < 0 ? text.length() : end + rules.suffix().length();
      }
    }
    return out.toString();
  }

  private int matched(String text, int from) {
    int matched = 0;
    while (matched < rules.prefix().length()
        && from + matched < text.length()
        && text.charAt(from + matched) == rules.prefix().charAt(matched)) {
      matched++;
    }
    return matched;
  }

  private String value(Path file, String text, int start, int end) {
    String name = text.substring(start, end);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals(builtIn(FLYWAY, "filename"))) {
      return file.getFileName().toString();
    }
    return Optional.ofNullable(values.get(lower))
        .orElseThrow(() -> without(file, line(text, start), name, lower).exception());
  }

  private ScriptProblem without(Path file, int line, String name, String lower) {
    String shown = rules.prefix() + shortened(name) + rules.suffix();
    String family = builtIn(FLYWAY, "");
    String why =
        lower.startsWith(family) ? NOT_REPRODUCIBLE.get(lower.substring(family.length())) : null;
    return why == null
        ? new ScriptProblem.UnresolvedPlaceholder(file, line, shown)
        : new ScriptProblem.PlaceholderNotReproducible(file, line, shown, why);
  }

  private static String shortened(String name) {
    String line = name.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }

  private static int line(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
