package tranche.config.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tranche.core.migration.Callback;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.TransactionMode;
import tranche.core.release.SchemaVersion;

/// Puts the scripts of a folder in Flyway's naming together.
final class FlywayFolder {
  private final ScriptReader reader;
  private final FolderFindings findings;
  private final Map<SchemaVersion, Described> versioned = new TreeMap<>();
  private final Map<SchemaVersion, Described> undo = new TreeMap<>();
  private final Map<SchemaVersion, Described> baselines = new TreeMap<>();
  private final Map<String, Described> repeatables = new TreeMap<>();
  private final Map<CallbackName, Described> callbacks = new TreeMap<>();

  private record Described(FolderFile file, String description) {}

  private record CallbackName(CallbackEvent event, String description)
      implements Comparable<CallbackName> {
    private static final Comparator<CallbackName> ORDER =
        Comparator.comparing(CallbackName::event).thenComparing(CallbackName::description);

    @Override
    public int compareTo(CallbackName other) {
      return ORDER.compare(this, other);
    }
  }

  FlywayFolder(ScriptReader reader, FolderFindings findings) {
    this.reader = reader;
    this.findings = findings;
  }

  /// All of them, in the order in which they run.
  MigrationSet set(String folder, List<MigrationFolder.NamedFile> scripts) {
    scripts.forEach(this::sort);
    List<SourceMigration> migrations = new ArrayList<>();
    for (SchemaVersion version : versions()) {
      read(MigrationKind.BASELINE, version, baselines.get(version)).ifPresent(migrations::add);
      read(MigrationKind.VERSIONED, version, versioned.get(version)).ifPresent(migrations::add);
    }
    repeatables.values().forEach(r -> repeatable(r).ifPresent(migrations::add));
    undo.forEach(this::requireMigration);
    return new MigrationSet(folder, FolderFormat.FLYWAY, migrations, callbacks());
  }

  private Set<SchemaVersion> versions() {
    Set<SchemaVersion> versions = new TreeSet<>(versioned.keySet());
    versions.addAll(baselines.keySet());
    return versions;
  }

  private void requireMigration(SchemaVersion version, Described undoing) {
    if (!versioned.containsKey(version)) {
      findings.add(
          new MigrationFolderProblem.DownWithoutUp(undoing.file().path(), version.toString()));
    }
  }

  private void sort(MigrationFolder.NamedFile script) {
    FolderFile file = script.file();
    switch (script.name()) {
      case ScriptName.Versioned(SchemaVersion version, String description) ->
          put(versioned, version, "version " + version, new Described(file, description));
      case ScriptName.Baseline(SchemaVersion version, String description) ->
          put(baselines, version, "version " + version, new Described(file, description));
      case ScriptName.Undo(SchemaVersion version, String description) ->
          put(undo, version, "version " + version, new Described(file, description));
      case ScriptName.Repeatable(String description) ->
          put(
              repeatables,
              description,
              "description '" + description + "'",
              new Described(file, description));
      case ScriptName.CallbackScript(CallbackEvent event, String description) ->
          put(
              callbacks,
              new CallbackName(event, description),
              "event and description",
              new Described(file, description));
      case ScriptName.Pair _,
          ScriptName.OtherCallback _,
          ScriptName.Program _,
          ScriptName.Other _,
          ScriptName.NotUnderstood _ ->
          throw new IllegalStateException("sorted out before: " + file.name());
    }
  }

  private <K> void put(Map<K, Described> files, K key, String same, Described file) {
    Described first = files.putIfAbsent(key, file);
    if (first != null) {
      findings.add(
          new MigrationFolderProblem.DuplicateMigration(
              same, first.file().path(), file.file().path()));
    }
  }

  private Optional<SourceMigration> read(
      MigrationKind kind, SchemaVersion version, @Nullable Described file) {
    if (file == null) {
      return Optional.empty();
    }
    Optional<SqlScript> down =
        Optional.ofNullable(kind == MigrationKind.VERSIONED ? undo.get(version) : null)
            .flatMap(this::undoing);
    return findings
        .attempt(() -> reader.migration(file.file(), ScriptReader.Role.ONCE))
        .map(read ->
            read.migration(kind, new MigrationKey.Version(version), file.description(), down));
  }

  private Optional<SqlScript> undoing(Described file) {
    Optional<ReadScript> read = findings.attempt(() -> reader.companion(file.file()));
    if (read.isPresent() && read.get().transaction() != TransactionMode.BY_STATEMENTS) {
      findings.note(
          FolderNote.Kind.KEY_IGNORED,
          file.file().name() + ScriptConfig.ENDING,
          "executeInTransaction: whether an undo script runs in a transaction follows from its"
              + " statements");
    }
    return read.map(ReadScript::script);
  }

  private Optional<SourceMigration> repeatable(Described file) {
    return findings
        .attempt(() -> reader.migration(file.file(), ScriptReader.Role.AGAIN))
        .map(read ->
            read.migration(
                MigrationKind.REPEATABLE,
                new MigrationKey.Repeatable(file.description()),
                file.description(),
                Optional.empty()));
  }

  private List<Callback> callbacks() {
    List<Callback> read = new ArrayList<>();
    callbacks.forEach((name, file) ->
        findings
            .attempt(() -> reader.companion(file.file()))
            .map(r -> new Callback(name.event(), r.script(), r.transaction()))
            .ifPresent(read::add));
    return read;
  }
}
