package tranche.config.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.MigrationSet;

/// Reads a folder of migrations and all folders below it.
///
/// The format follows from the names of the files. All problems of a folder are found before any is
/// thrown.
public final class MigrationFolder {
  private final String folder;
  private final FolderSettings settings;
  private final FolderFindings findings;
  private final ScriptNames names;
  private final List<NamedFile> scripts = new ArrayList<>();
  private final List<FolderFile> configs = new ArrayList<>();

  private MigrationFolder(String folder, FolderSettings settings) {
    this.folder = folder;
    this.settings = settings;
    findings = new FolderFindings(folder);
    names = new ScriptNames(settings.names());
  }

  /// A file that may be a script.
  record NamedFile(FolderFile file, ScriptName name) {}

  /// The migrations of a folder.
  ///
  /// @throws tranche.core.problem.ProblemException [MigrationFolderProblem], [ScriptProblem], or
  ///   [tranche.config.problem.ConfigProblem] if the folder or its only unreadable file cannot be
  ///   read
  public static FolderReading read(Path folder, FolderSettings settings) {
    return read(List.of(folder), settings);
  }

  /// The migrations of several folders, as if they were one; each script is named by its path below
  /// its own folder.
  ///
  /// @throws tranche.core.problem.ProblemException as [#read(Path, FolderSettings)]
  public static FolderReading read(List<Path> folders, FolderSettings settings) {
    String all = folders.stream().map(Path::toString).collect(Collectors.joining(", "));
    MigrationFolder reader = new MigrationFolder(all, settings);
    folders.forEach(f -> FolderFiles.below(f, f).forEach(reader::sort));
    return reader.reading();
  }

  /// The migrations of a folder whose links may lead anywhere inside of another one above it.
  ///
  /// @throws tranche.core.problem.ProblemException as [#read(Path, FolderSettings)]
  public static FolderReading read(Path folder, Path confinement, FolderSettings settings) {
    MigrationFolder reader = new MigrationFolder(folder.toString(), settings);
    FolderFiles.below(folder, confinement).forEach(reader::sort);
    return reader.reading();
  }

  private FolderReading reading() {
    noteLonelyConfigs();
    Optional<FolderFormat> format = format();
    if (format.isEmpty()) {
      findings.throwIfAny();
    }
    FolderFormat known = format.orElse(FolderFormat.FLYWAY);
    ScriptReader reader = new ScriptReader(settings, known, configs);
    MigrationSet set =
        switch (known) {
          case FLYWAY -> new FlywayFolder(reader, findings).set(folder, scripts);
          case UP_DOWN -> new PairFolder(reader, findings).set(folder, scripts);
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
    Set<Path> owned =
        scripts.stream().map(s -> ScriptConfig.of(s.file().path())).collect(Collectors.toSet());
    configs.stream()
        .filter(c -> !owned.contains(c.path()))
        .forEach(c ->
            findings.note(
                FolderNote.Kind.FILE_IGNORED, c.name(), "there is no script that it belongs to"));
  }

  /// Empty if there is no script, or scripts of both formats.
  private Optional<FolderFormat> format() {
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
