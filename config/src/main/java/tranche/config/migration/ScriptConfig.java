package tranche.config.migration;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tranche.core.migration.TransactionMode;

/// What the file `V1__x.sql.conf` says about the script beside it.
///
/// @param transaction from `executeInTransaction`
/// @param isReplaced from `placeholderReplacement`; empty if it says nothing
record ScriptConfig(TransactionMode transaction, Optional<Boolean> isReplaced) {
  /// What ends the name of the file, after the whole name of the script.
  static final String ENDING = ".conf";

  static final ScriptConfig NONE =
      new ScriptConfig(TransactionMode.BY_STATEMENTS, Optional.empty());

  /// Where the configuration of a script would be.
  static Path of(Path script) {
    return script.resolveSibling(script.getFileName() + ENDING);
  }

  /// Reads it.
  ///
  /// @param replaced puts values for placeholders, as in scripts
  /// @throws tranche.core.problem.ProblemException at a line or key that cannot be followed
  static ScriptConfig parse(Path file, String text, UnaryOperator<String> replaced) {
    Map<String, String> keys = keys(file, replaced.apply(text));
    TransactionMode transaction =
        Optional.ofNullable(keys.remove("executeInTransaction"))
            .map(v -> truth(file, "executeInTransaction", v))
            .map(inside -> inside ? TransactionMode.ALWAYS : TransactionMode.NEVER)
            .orElse(TransactionMode.BY_STATEMENTS);
    Optional<Boolean> isReplaced =
        Optional.ofNullable(keys.remove("placeholderReplacement"))
            .map(v -> truth(file, "placeholderReplacement", v));
    require(file, keys, "encoding", "UTF-8", "Scripts are read as UTF-8 alone.");
    require(
        file,
        keys,
        "shouldExecute",
        "true",
        "Whether a migration runs would depend on a condition that the history does not show, and"
            + " two stores at one version could differ.");
    if (!keys.isEmpty()) {
      String key = keys.keySet().stream().sorted().findFirst().orElseThrow();
      throw refused(file, key, "Flyway knows no such key for a script, and it would be ignored.");
    }
    return new ScriptConfig(transaction, isReplaced);
  }

  private static Map<String, String> keys(Path file, String text) {
    Map<String, String> keys = new HashMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        int at = line.indexOf('=');
        if (at <= 0) {
          throw refused(file, line, "It is not of the form key=value.");
        }
        keys.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
      }
    }
    return keys;
  }

  private static boolean truth(Path file, String key, String value) {
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw refused(file, key + "=" + value, "The value is neither true nor false.");
    }
    return value.equalsIgnoreCase("true");
  }

  private static void require(
      Path file, Map<String, String> keys, String key, String value, String why) {
    String given = keys.remove(key);
    if (given != null && !given.equalsIgnoreCase(value)) {
      throw refused(file, key + "=" + given, why);
    }
  }

  private static RuntimeException refused(Path file, String entry, String why) {
    String shown = entry.length() > 80 ? entry.substring(0, 80) + "..." : entry;
    return new ScriptProblem.ScriptConfigRefused(file, shown, why).exception();
  }
}
