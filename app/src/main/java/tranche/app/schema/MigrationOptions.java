package tranche.app.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say which migrations are meant.
final class MigrationOptions {
  @Option(
      names = "--migrations",
      paramLabel = "DIR",
      description =
          "The folder of migrations. Default: schema.migrations of the configuration, or"
              + " migrations.")
  private Optional<String> folder = Optional.empty();

  @Option(
      names = "--placeholder",
      paramLabel = "NAME=VALUE",
      description = "The value of a placeholder in scripts; may be repeated.")
  private Map<String, String> placeholders = new LinkedHashMap<>();

  @Option(
      names = "--search-path",
      paramLabel = "SCHEMA,...",
      split = ",",
      description =
          "Further schemas that unqualified names may come from, after the store's own. public"
              + " only if it is named.")
  private List<String> searchPath = List.of();

  Optional<String> folder() {
    return folder;
  }

  Map<String, String> placeholders() {
    return placeholders;
  }

  List<String> searchPath() {
    return searchPath;
  }
}
