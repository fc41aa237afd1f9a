package tranche.config.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.release.SchemaVersion;

/// Puts pairs of up and down scripts together.
final class PairFolder {
  private final ScriptReader reader;
  private final FolderFindings findings;
  private final Map<SchemaVersion, Side> ups = new TreeMap<>();
  private final Map<SchemaVersion, Side> downs = new TreeMap<>();

  /// The script of one version and direction that counts.
  private record Side(FolderFile file, ScriptName.Pair name) {
    boolean isPostgres() {
      return name.dialect().isPresent();
    }
  }

  PairFolder(ScriptReader reader, FolderFindings findings) {
    this.reader = reader;
    this.findings = findings;
  }

  /// All of them, in the order of their versions.
  MigrationSet set(String folder, List<MigrationFolder.NamedFile> scripts) {
    for (MigrationFolder.NamedFile script : scripts) {
      if (script.name() instanceof ScriptName.Pair name) {
        sort(new Side(script.file(), name));
      }
    }
    downs.forEach((version, down) -> {
      if (!ups.containsKey(version)) {
        findings.add(
            new MigrationFolderProblem.DownWithoutUp(down.file().path(), version.toString()));
      }
    });
    List<SourceMigration> migrations = new ArrayList<>();
    ups.forEach((version, up) -> migration(version, up).ifPresent(migrations::add));
    return new MigrationSet(folder, FolderFormat.UP_DOWN, migrations, List.of());
  }

  private void sort(Side side) {
    ScriptName.Pair name = side.name();
    Optional<String> other = name.dialect().filter(d -> !PairNames.isPostgres(d));
    if (other.isPresent()) {
      findings.note(FolderNote.Kind.OTHER_DIALECT, side.file().name(), "it is for " + other.get());
      return;
    }
    Map<SchemaVersion, Side> sides =
        switch (name.direction()) {
          case UP -> ups;
          case DOWN -> downs;
        };
    sides.merge(name.version(), side, this::chosen);
  }

  private Side chosen(Side first, Side second) {
    if (first.isPostgres() == second.isPostgres()) {
      findings.add(
          new MigrationFolderProblem.DuplicateMigration(
              "version " + first.name().version(), first.file().path(), second.file().path()));
      return first;
    }
    Side general = first.isPostgres() ? second : first;
    Side special = first.isPostgres() ? first : second;
    findings.note(
        FolderNote.Kind.OTHER_DIALECT,
        general.file().name(),
        special.file().name() + " takes its place on PostgreSQL");
    return special;
  }

  private Optional<SourceMigration> migration(SchemaVersion version, Side up) {
    Optional<SqlScript> down =
        Optional.ofNullable(downs.get(version))
            .flatMap(side -> findings.attempt(() -> reader.companion(side.file())))
            .map(ReadScript::script);
    return findings
        .attempt(() -> reader.migration(up.file(), ScriptReader.Role.ONCE))
        .map(read ->
            read.migration(
                MigrationKind.VERSIONED,
                new MigrationKey.Version(version),
                up.name().description(),
                down));
  }
}
