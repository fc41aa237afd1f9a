package tranche.app.cases;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import tranche.config.migration.FolderReading;
import tranche.config.migration.FolderSettings;
import tranche.config.migration.MigrationFolder;
import tranche.engine.fanout.ChangeLimits;

/// What a case says.
record CaseFolder(Path path, Properties properties) {
  private static final String PLACEHOLDER = "placeholder.";

  static CaseFolder of(Path path) throws IOException {
    var properties = new Properties();
    var folder = new CaseFolder(path, properties);
    properties.load(new StringReader(folder.text("case.properties")));
    return folder;
  }

  /// A part of a script and the stores in which it runs; empty for the database itself.
  record Part(List<String> stores, String sql) {}

  Path file(String name) {
    return path.resolve(name);
  }

  boolean has(String name) {
    return Files.exists(file(name));
  }

  /// The content of a file; nothing if there is none.
  String text(String name) throws IOException {
    return has(name) ? Files.readString(file(name)) : "";
  }

  List<String> stores() {
    return names("stores", "t1|t2|t3");
  }

  /// Names of stores that the run is told of and that are not there.
  List<String> missing() {
    return names("missing", "");
  }

  private List<String> names(String key, String otherwise) {
    return Arrays.stream(properties.getProperty(key, otherwise).split("\\|", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  List<CaseStep> steps() throws IOException {
    String steps = has("steps") ? text("steps") : "apply";
    return steps.lines().filter(line -> !line.isBlank()).map(CaseStep::of).toList();
  }

  FolderReading migrations(String folder) {
    Map<String, String> placeholders = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(PLACEHOLDER)) {
        placeholders.put(key.substring(PLACEHOLDER.length()), properties.getProperty(key));
      }
    }
    return MigrationFolder.read(
        file(folder), FolderSettings.DEFAULTS.withPlaceholders(placeholders));
  }

  /// Patient by default: what a case shows must not depend on how busy the machine is. Each wait is
  /// shorter than the second after which PostgreSQL looks for deadlocks, so that a migration gives
  /// way and no statement of the application is ended.
  ChangeLimits limits() {
    return new ChangeLimits(
        Duration.ofMillis(Long.parseLong(properties.getProperty("lock-timeout", "400"))),
        Integer.parseInt(properties.getProperty("lock-tries", "50")),
        Duration.ofSeconds(30),
        500);
  }

  /// The parts of a script.
  List<Part> parts(String name) throws IOException {
    List<Part> parts = new ArrayList<>();
    List<String> stores = stores();
    StringBuilder sql = new StringBuilder();
    for (String line : text(name).lines().toList()) {
      if (line.startsWith("-- in ") && line.endsWith(":")) {
        parts.add(new Part(stores, sql.toString()));
        sql.setLength(0);
        stores = where(line.substring(6, line.length() - 1));
      } else {
        sql.append(line).append('\n');
      }
    }
    parts.add(new Part(stores, sql.toString()));
    return parts.stream().filter(part -> !part.sql().isBlank()).toList();
  }

  private List<String> where(String words) {
    return switch (words) {
      case "all" -> stores();
      case "database" -> List.of();
      case String store -> List.of(store);
    };
  }
}
