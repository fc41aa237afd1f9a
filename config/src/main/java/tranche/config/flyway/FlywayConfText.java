package tranche.config.flyway;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `flyway.conf`: lines `key=value`, comments with `#`, a `\` at the end continues a line.
final class FlywayConfText {
  private FlywayConfText() {}

  /// The values by their keys.
  static Map<String, FlywayEntry> entries(Path file, String text) {
    Map<String, FlywayEntry> entries = new LinkedHashMap<>();
    StringBuilder value = new StringBuilder();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (value.isEmpty() && (line.isEmpty() || line.startsWith("#"))) {
        continue;
      }
      if (line.endsWith("\\")) {
        value.append(line, 0, line.length() - 1);
        continue;
      }
      put(file, entries, value.append(line).toString(), number);
      value.setLength(0);
    }
    if (!value.isEmpty()) {
      put(file, entries, value.toString(), number);
    }
    return entries;
  }

  private static void put(Path file, Map<String, FlywayEntry> entries, String line, int number) {
    int at = line.indexOf('=');
    if (at <= 0) {
      throw new FlywayConfigProblem(file, number, "it is not key=value").exception();
    }
    String key = line.substring(0, at).strip();
    entries.put(key, new FlywayEntry(List.of(line.substring(at + 1).strip()), false, number));
  }
}
