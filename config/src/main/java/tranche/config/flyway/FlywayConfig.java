package tranche.config.flyway;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tranche.config.files.TextFile;
import tranche.config.migration.FolderNote;
import tranche.config.migration.FolderSettings;
import tranche.core.release.SchemaVersion;

/// What a `flyway.conf` or `flyway.toml` says, as far as it matters here.
///
/// @param locations folders of migrations; relative ones were taken from the folder of the file
/// @param settings placeholders, names of files, name of the history table
/// @param defaultSchema the schema that Flyway would migrate
/// @param schemas the schemas that Flyway would know
/// @param policy what Flyway would do with a history
/// @param notes keys that change nothing here; values are never shown
public record FlywayConfig(
    List<Path> locations,
    FolderSettings settings,
    Optional<String> defaultSchema,
    List<String> schemas,
    Policy policy,
    List<FolderNote> notes) {
  private static final int MAX_BYTES = 1024 * 1024;

  public FlywayConfig {
    locations = List.copyOf(locations);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(defaultSchema);
    schemas = List.copyOf(schemas);
    Objects.requireNonNull(policy);
    notes = List.copyOf(notes);
  }

  /// What is done with a history. Empty where the file says nothing.
  ///
  /// @param baselineVersion the version at which a store with objects and without history is taken
  /// @param baselineDescription the description of that row
  /// @param baselineOnMigrate whether that happens by itself
  /// @param outOfOrder whether a version below the highest one may still run
  /// @param target the version to stop at
  public record Policy(
      Optional<SchemaVersion> baselineVersion,
      Optional<String> baselineDescription,
      Optional<Boolean> baselineOnMigrate,
      Optional<Boolean> outOfOrder,
      Optional<SchemaVersion> target) {
    public Policy {
      Objects.requireNonNull(baselineVersion);
      Objects.requireNonNull(baselineDescription);
      Objects.requireNonNull(baselineOnMigrate);
      Objects.requireNonNull(outOfOrder);
      Objects.requireNonNull(target);
    }
  }

  /// Reads the file; one whose name ends in `.toml` as TOML, any other as `key=value`.
  ///
  /// @throws tranche.core.problem.ProblemException [FlywayConfigProblem], or
  ///   [tranche.config.problem.ConfigProblem] if it cannot be read
  public static FlywayConfig read(Path file) {
    String text = TextFile.read(file, MAX_BYTES);
    Map<String, FlywayEntry> entries =
        file.toString().endsWith(".toml")
            ? FlywayTomlText.entries(file, text)
            : FlywayConfText.entries(file, text);
    return new FlywayConfigReader(file, entries).config();
  }
}
