package tranche.config.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.MigrationSet;

/// Reads a folder of migrations and all folders below it.
///
/// The format follows from the names of the files. All problems of a folder are found before any is
/// thrown.
public final class MigrationFolder {
  private final FolderSettings settings;
  private final FolderFindings findings;
  private final ScriptNames names;
  private final List<NamedFile> scripts = new ArrayList<>();
  private final List<FolderFile> configs = new ArrayList<>();

  private MigrationFolder(Path folder, FolderSettings settings) {
    this.settings = settings;
    findings = new FolderFindings(folder);
    names = new ScriptNames(settings.names());
  }

  /// A file that may be a script.
  record NamedFile(FolderFile file, ScriptName name) {}

  /// The migrations of a folder.
  ///
  /// @throws tranche.core.problem.ProblemException [MigrationFolderProblem], or
  ///   [tranche.config.problem.ConfigProblem] if the folder or its only unreadable file cannot be
  ///   read
  public static FolderReading read(Path folder, FolderSettings settings) {
    return read(folder, folder, settings);
  }

  /// The migrations of a folder whose links may lead anywhere inside of another one above it.
  ///
  /// @throws tranche.core.problem.ProblemException as [#read(Path, FolderSettings)]
  public static FolderReading read(Path folder, Path confinement, FolderSettings settings) {
    return new MigrationFolder(folder, settings).reading(folder, confinement);
  }

  private FolderReading reading(Path folder, Path confinement) {
    FolderFiles.below(folder, confinement).forEach(this::sort);
    noteLonelyConfigs();
    Optional<FolderFormat> format = format(folder);
    if (format.isEmpty()) {
      findings.throwIfAny();
    }
    FolderFormat known = format.orElse(FolderFormat.FLYWAY);
    ScriptReader reader = new ScriptReader(settings, known, configs);
    MigrationSet set =
        switch (known) {
          case FLYWAY -> new FlywayFolder(reader, findings).set(folder.toString(), scripts);
          case UP_DOWN -> new PairFolder(reader, findings).set(folder.toString(), scripts);
        };
    findings.throwIfAny();
    return new FolderReading(set, findings.notes());
  }

  private void sort(FolderFile file) {
    if (file.fileName().endsWith(ScriptConfig.ENDING)) {
      configs.add(file);
      return;
    }
    ScriptName name = names.parse(file.fileName());
    switch (name) {
      case ScriptName.NotUnderstood(String why) ->
          findings.add(new MigrationFolderProblem.MigrationName(file.path(), why));
      case ScriptName.Program _ ->
          findings.add(new MigrationFolderProblem.MigrationNotSql(file.path()));
      case ScriptName.Other _ ->
          findings.note(FolderNote.Kind.FILE_IGNORED, file.name(), "it is no migration");
      case ScriptName.OtherCallback(String event) ->
          findings.note(
              FolderNote.Kind.CALLBACK_IGNORED,
              file.name(),
              "Flyway runs it at " + event + ", which Tranche does not have; it is not run");
      case ScriptName.Versioned _,
          ScriptName.Undo _,
          ScriptName.Baseline _,
          ScriptName.Repeatable _,
          ScriptName.CallbackScript _,
          ScriptName.Pair _ ->
          scripts.add(new NamedFile(file, name));
    }
  }

  private void noteLonelyConfigs() {
    List<String> owners =
        scripts.stream().map(s -> s.file().name() + ScriptConfig.ENDING).sorted().toList();
    configs.stream()
        .map(FolderFile::name)
        .filter(c -> java.util.Collections.binarySearch(owners, c) < 0)
        .forEach(c ->
            findings.note(
                FolderNote.Kind.FILE_IGNORED, c, "there is no script that it belongs to"));
  }

  /// Empty if there is no script, or scripts of both formats.
  private Optional<FolderFormat> format(Path folder) {
    Optional<NamedFile> pair =
        scripts.stream().filter(s -> s.name() instanceof ScriptName.Pair).findFirst();
    Optional<NamedFile> flyway =
        scripts.stream().filter(s -> !(s.name() instanceof ScriptName.Pair)).findFirst();
    if (pair.isPresent() && flyway.isPresent()) {
      String one = flyway.get().file().name();
      findings.add(new MigrationFolderProblem.MixedFormats(folder, one, pair.get().file().name()));
      return Optional.empty();
    }
    return pair.map(_ -> FolderFormat.UP_DOWN).or(() -> flyway.map(_ -> FolderFormat.FLYWAY));
  }
}
