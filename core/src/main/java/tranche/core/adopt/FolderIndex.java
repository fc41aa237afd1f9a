package tranche.core.adopt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.release.SchemaVersion;

/// A folder, looked up by what histories name.
final class FolderIndex {
  private final NavigableMap<SchemaVersion, SourceMigration> versions = new TreeMap<>();
  private final NavigableMap<SchemaVersion, SourceMigration> baselines = new TreeMap<>();
  private final Map<String, SourceMigration> repeatables = new HashMap<>();

  private FolderIndex() {}

  static FolderIndex of(MigrationSet folder) {
    FolderIndex index = new FolderIndex();
    for (SourceMigration migration : folder.migrations()) {
      switch (migration.key()) {
        case MigrationKey.Version(SchemaVersion version) -> {
          boolean isBaseline = migration.kind() == MigrationKind.BASELINE;
          (isBaseline ? index.baselines : index.versions).put(version, migration);
        }
        case MigrationKey.Repeatable(String description) ->
            index.repeatables.put(description, migration);
      }
    }
    return index;
  }

  Optional<SourceMigration> version(SchemaVersion version) {
    return Optional.ofNullable(versions.get(version));
  }

  Optional<SourceMigration> baseline(SchemaVersion version) {
    return Optional.ofNullable(baselines.get(version));
  }

  Optional<SourceMigration> repeatable(String description) {
    return Optional.ofNullable(repeatables.get(description));
  }

  Optional<SchemaVersion> latest() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.lastKey());
  }

  /// The rows of a history that has run everything up to that version, and nobody knows in which
  /// text.
  List<AppliedMigration> upTo(SchemaVersion version) {
    List<AppliedMigration> applied = new ArrayList<>();
    versions
        .headMap(version, true)
        .keySet()
        .forEach(v -> applied.add(unknownText(new MigrationKey.Version(v))));
    return applied;
  }

  static AppliedMigration unknownText(MigrationKey key) {
    return new AppliedMigration(key, AppliedMigration.ADOPTED, false);
  }
}
