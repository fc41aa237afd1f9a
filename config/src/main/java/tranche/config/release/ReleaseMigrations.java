package tranche.config.release;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tranche.config.migration.FolderNote;
import tranche.config.migration.FolderReading;
import tranche.config.migration.FolderSettings;
import tranche.config.migration.MigrationFolder;
import tranche.config.migration.MigrationFolderProblem;
import tranche.config.migration.PlaceholderRules.Replacement;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.TransactionMode;
import tranche.core.problem.ProblemException;
import tranche.core.release.Migration;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;

/// Reads the migrations of a release: of all that a folder of migrations can hold, what a rollout
/// can run. Placeholders are not replaced, because a release is the same for every store.
final class ReleaseMigrations {
  private static final FolderSettings SETTINGS =
      FolderSettings.DEFAULTS.withReplacement(Replacement.OFF);

  private final Path folder;

  private ReleaseMigrations(Path folder) {
    this.folder = folder;
  }

  /// The migrations in the order of their versions. The folder must hold nothing else; links may
  /// lead anywhere in the release.
  static List<Migration> read(Path folder, Path release) {
    return new ReleaseMigrations(folder).of(MigrationFolder.read(folder, release, SETTINGS));
  }

  private List<Migration> of(FolderReading reading) {
    reading.notes().forEach(this::requireHarmless);
    reading.set().callbacks().stream()
        .findFirst()
        .ifPresent(callback -> {
          throw notForRollout(callback.script().name(), "a callback");
        });
    return reading.set().migrations().stream().map(this::migration).toList();
  }

  private void requireHarmless(FolderNote note) {
    Path file = folder.resolve(note.name());
    switch (note.kind()) {
      case FILE_IGNORED ->
          throw new MigrationFolderProblem.MigrationName(file, note.why()).exception();
      case CALLBACK_IGNORED -> throw notForRollout(note.name(), "a callback");
      case OTHER_DIALECT, KEY_IGNORED -> {
        // It belongs to another database, or to an undo script, which a rollout does not run.
      }
    }
  }

  private Migration migration(SourceMigration source) {
    String name = source.up().name();
    requireRunnable(source, name);
    return switch (source.key()) {
      case MigrationKey.Version(SchemaVersion version) ->
          new Migration(
              version,
              source.description(),
              phase(source),
              source.up().text(),
              source.up().sha256());
      case MigrationKey.Repeatable _ -> throw notForRollout(name, "a repeatable migration");
    };
  }

  private void requireRunnable(SourceMigration source, String name) {
    switch (source.kind()) {
      case VERSIONED -> {
        // The only kind that a rollout runs.
      }
      case REPEATABLE -> throw notForRollout(name, "a repeatable migration");
      case BASELINE -> throw notForRollout(name, "a baseline");
    }
    if (source.transaction() == TransactionMode.NEVER) {
      throw notForRollout(name, "a migration outside of a transaction");
    }
    if (!source.requires().isEmpty()) {
      throw notForRollout(name, "a migration that requires " + source.requires().getFirst());
    }
    if (source.key() instanceof MigrationKey.Version(SchemaVersion version)
        && version.equals(SchemaVersion.NONE)) {
      throw notForRollout(name, "a migration of version 0, which is that of an empty store");
    }
  }

  private ProblemException notForRollout(String name, String what) {
    return new ReleaseFolderProblem.MigrationNotForRollout(folder.resolve(name), what).exception();
  }

  private SchemaPhase phase(SourceMigration source) {
    return source.statedPhase().orElseGet(() -> assumed(source));
  }

  private SchemaPhase assumed(SourceMigration source) {
    Optional<String> word = SqlText.removing(source.up().text());
    if (word.isPresent()) {
      Path file = folder.resolve(source.up().name());
      throw new ReleaseFolderProblem.MigrationPhaseMissing(file, word.get()).exception();
    }
    return SchemaPhase.EXPAND;
  }
}
