package tranche.config.flyway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tranche.config.flyway.FlywayConfig.Policy;
import tranche.config.migration.FlywayNames;
import tranche.config.migration.FolderNote;
import tranche.config.migration.FolderSettings;
import tranche.config.migration.PlaceholderRules;
import tranche.config.migration.PlaceholderRules.Replacement;
import tranche.core.release.SchemaVersion;

/// Takes the keys that matter out of the configuration of Flyway.
final class FlywayConfigReader {
  private static final String PLACEHOLDER = "flyway.placeholders.";
  private static final Set<String> CONNECTION =
      Set.of("url", "user", "password", "driver", "connectRetries", "initSql", "jdbcProperties");

  private final Path file;
  private final Map<String, FlywayEntry> left;

  FlywayConfigReader(Path file, Map<String, FlywayEntry> entries) {
    this.file = file;
    this.left = new LinkedHashMap<>(entries);
  }

  FlywayConfig config() {
    List<Path> locations = new ArrayList<>(locations("flyway.locations"));
    locations.addAll(locations("flyway.callbackLocations"));
    requireUtf8();
    PlaceholderRules placeholders = placeholders();
    FolderSettings base = FolderSettings.DEFAULTS;
    FolderSettings settings =
        new FolderSettings(
            placeholders,
            names(),
            base.phaseFolders(),
            text("flyway.table").orElse(base.historyTable()));
    String environment = text("flyway.environment").orElse("default");
    List<String> schemas =
        Optional.ofNullable(left.remove("environments." + environment + ".schemas"))
            .or(() -> Optional.ofNullable(left.remove("flyway.schemas")))
            .map(this::list)
            .orElse(List.of());
    return new FlywayConfig(
        locations, settings, text("flyway.defaultSchema"), schemas, policy(), notes());
  }

  private List<Path> locations(String key) {
    FlywayEntry entry = left.remove(key);
    return entry == null
        ? List.of()
        : list(entry).stream().map(location -> location(entry, location)).toList();
  }

  private Path location(FlywayEntry entry, String location) {
    String prefix = "filesystem:";
    String path = location.startsWith(prefix) ? location.substring(prefix.length()) : location;
    if (!location.startsWith(prefix) && location.contains(":")) {
      throw wrong(
          entry, "the location '" + location + "' is not a folder: name the folder that it means");
    }
    if (path.contains("*") || path.contains("?")) {
      throw wrong(entry, "the location '" + location + "' is a pattern: name the folders");
    }
    return file.toAbsolutePath().resolveSibling(path).normalize();
  }

  private PlaceholderRules placeholders() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : List.copyOf(left.keySet())) {
      if (key.startsWith(PLACEHOLDER)) {
        text(key).ifPresent(v -> values.put(key.substring(PLACEHOLDER.length()), v));
      }
    }
    boolean isReplaced = truth("flyway.placeholderReplacement").orElse(true);
    PlaceholderRules base = PlaceholderRules.DEFAULTS;
    return new PlaceholderRules(
        isReplaced ? Replacement.BY_FORMAT : Replacement.OFF,
        some("flyway.placeholderPrefix", base.prefix()),
        some("flyway.placeholderSuffix", base.suffix()),
        some("flyway.placeholderSeparator", base.separator()),
        values);
  }

  private FlywayNames names() {
    FlywayNames base = FlywayNames.DEFAULTS;
    FlywayEntry suffixes = left.remove("flyway.sqlMigrationSuffixes");
    List<String> endings = suffixes == null ? base.suffixes() : list(suffixes);
    if (endings.isEmpty()) {
      throw new FlywayConfigProblem(file, 1, "names must end with something").exception();
    }
    return new FlywayNames(
        text("flyway.sqlMigrationPrefix").orElse(base.versioned()),
        text("flyway.undoSqlMigrationPrefix").orElse(base.undo()),
        some("flyway.repeatableSqlMigrationPrefix", base.repeatable()),
        some("flyway.baselineMigrationPrefix", base.baseline()),
        some("flyway.sqlMigrationSeparator", base.separator()),
        endings);
  }

  private Policy policy() {
    return new Policy(
        version("flyway.baselineVersion"),
        text("flyway.baselineDescription"),
        truth("flyway.baselineOnMigrate"),
        truth("flyway.outOfOrder"),
        version("flyway.target"));
  }

  private Optional<SchemaVersion> version(String key) {
    FlywayEntry entry = left.get(key);
    return text(key)
        .filter(v -> !v.equalsIgnoreCase("latest"))
        .map(value -> {
          String version = value.replace('_', '.');
          if (entry == null || !SchemaVersion.isWellFormed(version)) {
            throw new FlywayConfigProblem(
                    file, entry == null ? 1 : entry.line(), key + " is not a version")
                .exception();
          }
          return new SchemaVersion(version);
        });
  }

  private Optional<Boolean> truth(String key) {
    FlywayEntry entry = left.get(key);
    return text(key)
        .map(value -> {
          String word = value.toLowerCase(Locale.ROOT);
          if (entry != null && !word.equals("true") && !word.equals("false")) {
            throw wrong(entry, key + " is neither true nor false");
          }
          return word.equals("true");
        });
  }

  private void requireUtf8() {
    FlywayEntry entry = left.get("flyway.encoding");
    Optional<String> encoding = text("flyway.encoding");
    if (entry != null && !encoding.orElse("").equalsIgnoreCase("UTF-8")) {
      throw wrong(entry, "flyway.encoding is another than UTF-8: convert the scripts to UTF-8");
    }
  }

  private String some(String key, String otherwise) {
    return text(key).filter(v -> !v.isEmpty()).orElse(otherwise);
  }

  private Optional<String> text(String key) {
    FlywayEntry entry = left.remove(key);
    return entry == null ? Optional.empty() : Optional.of(plain(entry, entry.text()));
  }

  private List<String> list(FlywayEntry entry) {
    return entry.list().stream().map(v -> plain(entry, v)).toList();
  }

  // Flyway asks its resolvers and the environment for such values; here they are given directly.
  private String plain(FlywayEntry entry, String value) {
    if (value.contains("${")) {
      throw wrong(entry, "a value is taken from elsewhere by ${...}: give it as an argument");
    }
    return value;
  }

  private RuntimeException wrong(FlywayEntry entry, String what) {
    return new FlywayConfigProblem(file, entry.line(), what).exception();
  }

  private List<FolderNote> notes() {
    return left.keySet().stream()
        .sorted()
        .map(key -> new FolderNote(FolderNote.Kind.KEY_IGNORED, key, why(key)))
        .toList();
  }

  private static String why(String key) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    if (CONNECTION.contains(last) || key.startsWith("environments.")) {
      return "connections are given to Tranche by its own configuration or arguments";
    }
    return switch (key) {
      case "flyway.callbacks", "flyway.resolvers" -> "Java classes are not run";
      case "flyway.executeInTransaction" ->
          "a script runs in a transaction unless a statement cannot, or its own .conf says"
              + " otherwise";
      default -> "it changes nothing here";
    };
  }
}
