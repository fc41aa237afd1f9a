package tranche.config.release;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tranche.config.files.FilePattern;
import tranche.config.files.Sha256;
import tranche.config.files.TextFile;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.yaml.YamlFile;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.problem.ProblemException;
import tranche.core.release.ArtifactFile;
import tranche.core.release.Migration;
import tranche.core.release.PreflightCheck;
import tranche.core.release.ProcessArtifact;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaChange;
import tranche.core.release.SchemaRange;
import tranche.core.release.SchemaVersion;

/// Reads a release folder: `release.yaml` and everything it names, all of it inside the folder.
public final class ReleaseFolder {
  private static final int MAX_CHECK_BYTES = 1024 * 1024;
  private static final int MAX_ARGUMENTS = 200;
  private static final String VERSION = "a schema version such as 4 or 4.1";

  private final Confined folder;

  private ReleaseFolder(Confined folder) {
    this.folder = folder;
  }

  /// The release in a folder, with the hash of what is in it now.
  ///
  /// @throws ProblemException [ConfigProblem] or [ReleaseFolderProblem]
  public static Release read(Path folder) {
    Path declaration = folder.resolve("release.yaml");
    if (!Files.exists(declaration)) {
      throw new ConfigProblem.MissingFile(Optional.empty(), "file", declaration).exception();
    }
    Findings findings = new Findings();
    YamlMap map =
        YamlFile.read(declaration, findings)
            .map("version", "app", "artifact", "migrations", "schema", "preflight", "touches");
    ReleaseFolder reader = new ReleaseFolder(Confined.at(folder));
    Optional<Release> release = findings.attempt(() -> reader.release(map));
    findings.throwIfAny();
    return release.orElseThrow();
  }

  private Release release(YamlMap map) {
    String id =
        map.required("version", "the name of the release, such as \"2026.11\"")
            .text(ReleaseId::isWellFormed, "1 to 64 letters, digits, '.', '-', '_' or '+'");
    String app = map.required("app", "the version of the application, such as \"4.19.0\"").text();
    SchemaChange schema = schema(map);
    ProcessArtifact artifact =
        artifact(map.required("artifact", "process: {files, command, ready}"));
    return Release.of(new ReleaseId(id), app, artifact, schema);
  }

  private ProcessArtifact artifact(YamlValue value) {
    YamlMap map =
        value
            .map("process")
            .required("process", "{files, command, ready}")
            .map("files", "command", "ready");
    YamlValue command = map.required("command", "the program and its arguments, as a list");
    List<String> arguments = command.texts();
    if (arguments.isEmpty() || arguments.size() > MAX_ARGUMENTS) {
      throw command.wrong("a list of 1 to " + MAX_ARGUMENTS + " arguments");
    }
    String ready =
        map.required("ready", "the path that answers 200 when the application can serve")
            .text(
                t -> t.startsWith("/") && t.chars().noneMatch(Character::isWhitespace),
                "a path that begins with / and has no spaces");
    List<ArtifactFile> files = artifactFiles(map.required("files", "a list of file patterns"));
    return new ProcessArtifact(folder.folder().toString(), files, arguments, ready);
  }

  private List<ArtifactFile> artifactFiles(YamlValue value) {
    Set<Path> files = new TreeSet<>();
    for (YamlValue pattern : value.list()) {
      List<Path> found = folder.files(pattern);
      if (found.isEmpty()) {
        throw new ReleaseFolderProblem.ArtifactMissing(
                pattern.where(), pattern.text(), folder.folder())
            .exception();
      }
      files.addAll(found);
    }
    if (files.isEmpty() || files.size() > FilePattern.LIMIT) {
      throw value.wrong("a list of patterns that 1 to " + FilePattern.LIMIT + " files match");
    }
    requireFits(files);
    return files.stream().map(f -> new ArtifactFile(name(f), Sha256.of(f))).toList();
  }

  private static void requireFits(Set<Path> files) {
    long left = Confined.MAX_TOTAL;
    for (Path file : files) {
      left -= file.toFile().length();
      if (left < 0) {
        throw new ConfigProblem.UnreadableFile(
                file, "the artifact has more than " + Confined.MAX_TOTAL + " bytes")
            .exception();
      }
    }
  }

  private String name(Path file) {
    return folder.folder().relativize(file).toString().replace('\\', '/');
  }

  private SchemaChange schema(YamlMap map) {
    YamlMap schema =
        map.required("schema", "{reads: {from: \"3\", to: \"4\"}, version: \"4\"}")
            .map("reads", "version");
    YamlValue target = schema.required("version", VERSION);
    SchemaChange change =
        new SchemaChange(
            range(schema.required("reads", "{from: \"3\", to: \"4\"}")),
            version(target),
            map.optional("migrations").map(this::migrations).orElse(List.of()),
            map.optional("preflight").map(this::preflight).orElse(List.of()),
            map.optional("touches").map(ReleaseFolder::tables).orElse(List.of()));
    requireReached(change, target);
    return change;
  }

  private static void requireReached(SchemaChange change, YamlValue target) {
    if (change.migrations().isEmpty()) {
      return; // The release changes no schema; its stores are where an earlier one left them.
    }
    SchemaVersion highest = change.migrations().getLast().version();
    if (!highest.equals(change.target())) {
      throw new ReleaseFolderProblem.SchemaVersionMismatch(
              target.where(), change.target().value(), highest.value())
          .exception();
    }
  }

  private static SchemaRange range(YamlValue value) {
    YamlMap map = value.map("from", "to");
    SchemaVersion from = version(map.required("from", VERSION));
    SchemaVersion to = version(map.required("to", VERSION));
    if (from.isAfter(to)) {
      throw value.wrong("a range whose from is not after its to");
    }
    return new SchemaRange(from, to);
  }

  private static SchemaVersion version(YamlValue value) {
    return new SchemaVersion(value.text(SchemaVersion::isWellFormed, VERSION));
  }

  private List<Migration> migrations(YamlValue value) {
    Path migrations = subfolder(value);
    FilePattern.expand(migrations, "**").forEach(f -> folder.requireInside(f, value.where()));
    return ReleaseMigrations.read(migrations, folder.folder());
  }

  private Path subfolder(YamlValue value) {
    Path path = folder.path(value);
    if (!Files.isDirectory(path)) {
      throw new ConfigProblem.MissingFile(Optional.of(value.where()), value.key() + " folder", path)
          .exception();
    }
    return path;
  }

  private List<PreflightCheck> preflight(YamlValue value) {
    return FilePattern.expand(subfolder(value), "*.sql").stream()
        .peek(f -> folder.requireInside(f, value.where()))
        .map(f -> new PreflightCheck(checkName(f), TextFile.read(f, MAX_CHECK_BYTES)))
        .toList();
  }

  private static String checkName(Path file) {
    return file.getFileName().toString().replaceFirst("\\.sql$", "");
  }

  private static List<String> tables(YamlValue value) {
    List<String> tables =
        value.list().stream()
            .map(v -> v.text(t -> t.matches("[a-z_][a-z0-9_$]{0,62}"), "the name of a table"))
            .toList();
    if (tables.stream().distinct().count() != tables.size()) {
      throw value.wrong("a list that names each table once");
    }
    return tables;
  }
}
