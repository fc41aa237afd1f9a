package tranche.core.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.release.SchemaVersion;

/// The two shapes of a `schema_migrations` table, both of which name versions and no texts.
final class VersionAdoption {
  private VersionAdoption() {}

  /// golang-migrate keeps one row: everything up to it was run.
  static AdoptionDecision golang(FolderIndex folder, ForeignHistory.GolangMigrate history) {
    if (history.version().isEmpty()) {
      return new AdoptionDecision.Adopt(HistoryKind.GOLANG_MIGRATE, List.of(), List.of());
    }
    String text = history.version().get();
    if (history.isDirty()) {
      return refuse(
          "version "
              + text
              + " is dirty: it failed halfway under golang-migrate; repair the store"
              + " and state its version there (migrate force) first");
    }
    Optional<SchemaVersion> version = inFolder(folder, text);
    if (version.isEmpty()) {
      return refuse(missing(text));
    }
    return new AdoptionDecision.Adopt(
        HistoryKind.GOLANG_MIGRATE, folder.upTo(version.get()), List.of());
  }

  /// Rails keeps a row for each.
  static AdoptionDecision rails(FolderIndex folder, ForeignHistory.Rails history) {
    List<AppliedMigration> applied = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (String text : history.versions()) {
      inFolder(folder, text)
          .ifPresentOrElse(
              v -> applied.add(FolderIndex.unknownText(new MigrationKey.Version(v))),
              () -> reasons.add(missing(text)));
    }
    return reasons.isEmpty()
        ? new AdoptionDecision.Adopt(HistoryKind.RAILS, applied, List.of())
        : new AdoptionDecision.Refuse(reasons);
  }

  private static Optional<SchemaVersion> inFolder(FolderIndex folder, String text) {
    return Optional.of(text)
        .filter(SchemaVersion::isWellFormed)
        .map(SchemaVersion::new)
        .filter(v -> folder.version(v).isPresent());
  }

  private static String missing(String version) {
    return "version " + version + " was run here and is not in the folder";
  }

  private static AdoptionDecision refuse(String reason) {
    return new AdoptionDecision.Refuse(List.of(reason));
  }
}
