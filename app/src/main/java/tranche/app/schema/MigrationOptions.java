package tranche.app.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import tranche.app.schema.selection.Word;

/// The options that say which migrations are meant.
public final class MigrationOptions {
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

  /// The folder that was named, if one was.
  public Optional<String> folder() {
    return folder;
  }

  Map<String, String> placeholders() {
    return placeholders;
  }

  List<String> searchPath() {
    return searchPath;
  }

  /// The same options as they could be typed again. Values of placeholders may be secrets and are
  /// left out.
  public String words() {
    StringBuilder words = new StringBuilder();
    folder.ifPresent(f -> words.append(" --migrations ").append(Word.quoted(f)));
    if (!searchPath.isEmpty()) {
      words.append(" --search-path ").append(Word.quoted(String.join(",", searchPath)));
    }
    return words.toString();
  }
}
