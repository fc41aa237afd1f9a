package tranche.config.migration;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the names of files of a folder, in either format.
final class ScriptNames {
  private static final Set<String> PROGRAMS =
      Set.of(
          "java", "class", "kt", "kts", "groovy", "scala", "sh", "bash", "ps1", "bat", "cmd", "py",
          "js", "ts", "go", "rb");
  private static final Pattern BACKUP =
      Pattern.compile(
          ".*~|#.*#|.*\\.(?:swp|swo|swx|bak|orig|rej|tmp)|(?i:readme)(?:\\..*)?|.*\\.(?i:md)");
  private static final Pattern LIKE_MIGRATION =
      Pattern.compile("(?:[VUB][0-9][0-9._]*__|R__|[0-9]+_).*");

  private final FlywayFileNames flyway;

  ScriptNames(FlywayNames names) {
    flyway = new FlywayFileNames(names);
  }

  /// What the last part of a path says.
  ScriptName parse(String fileName) {
    if (BACKUP.matcher(fileName).matches()) {
      return new ScriptName.Other();
    }
    return PairNames.parse(fileName)
        .or(() -> flyway.withoutSuffix(fileName).map(flyway::parse))
        .orElseGet(() -> notScript(fileName));
  }

  private static ScriptName notScript(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String ending = dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    if (ending.equals("sql")) {
      return new ScriptName.NotUnderstood("it begins like no kind of script");
    }
    return PROGRAMS.contains(ending) && LIKE_MIGRATION.matcher(fileName).matches()
        ? new ScriptName.Program()
        : new ScriptName.Other();
  }
}
