package tranche.core.fanout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.Callback;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.Requirement;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.StoreHistory.Halfway;
import tranche.core.migration.TransactionMode;
import tranche.core.release.SchemaVersion;

/// Folders and histories in one word per migration: `2` is version 2, `B3` a baseline, `R:views` a
/// repeatable migration. The checksum of `2` is `sum-2`; `2=x` has checksum `x`.
final class Sample {
  private Sample() {}

  static MigrationSet folder(String... words) {
    return new MigrationSet(
        "db", FolderFormat.FLYWAY, Arrays.stream(words).map(Sample::migration).toList(), List.of());
  }

  static MigrationSet folderWith(CallbackEvent event, String... words) {
    Callback callback = new Callback(event, script("callback", "x"), TransactionMode.BY_STATEMENTS);
    return new MigrationSet(
        "db", FolderFormat.FLYWAY, folder(words).migrations(), List.of(callback));
  }

  static SourceMigration migration(String word) {
    String name = name(word);
    MigrationKind kind =
        name.startsWith("R:")
            ? MigrationKind.REPEATABLE
            : name.startsWith("B") ? MigrationKind.BASELINE : MigrationKind.VERSIONED;
    return new SourceMigration(
        kind,
        key(word),
        "sample",
        script(name, checksum(word)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TransactionMode.BY_STATEMENTS,
        List.of());
  }

  static SourceMigration requiring(String word, String set, String version) {
    SourceMigration m = migration(word);
    return new SourceMigration(
        m.kind(),
        m.key(),
        m.description(),
        m.up(),
        m.down(),
        m.statedPhase(),
        m.batch(),
        m.transaction(),
        List.of(new Requirement(set, new SchemaVersion(version))));
  }

  private static SqlScript script(String name, String checksum) {
    return new SqlScript(name + ".sql", "SELECT 1", checksum, checksum.hashCode());
  }

  private static String name(String word) {
    return word.split("=", -1)[0];
  }

  private static String checksum(String word) {
    return word.contains("=") ? word.split("=", -1)[1] : "sum-" + word;
  }

  static MigrationKey key(String word) {
    String name = name(word);
    return MigrationKey.parse(name.startsWith("B") ? name.substring(1) : name);
  }

  static StoreHistory history(String... words) {
    List<AppliedMigration> rows =
        Arrays.stream(words)
            .map(w -> new AppliedMigration(key(w), checksum(w), name(w).startsWith("B")))
            .toList();
    return new StoreHistory(HistoryKind.TRANCHE, rows.hashCode(), rows, Optional.empty());
  }

  static StoreReading managed(String... words) {
    return new StoreReading.Managed(history(words), Optional.empty());
  }

  static StoreReading halfway(String begun, String... words) {
    StoreHistory plain = history(words);
    return new StoreReading.Managed(
        new StoreHistory(
            plain.kind(),
            plain.fingerprint(),
            plain.applied(),
            Optional.of(new Halfway(key(begun), checksum(begun), 1, 3))),
        Optional.empty());
  }

  static Optional<SchemaVersion> version(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new SchemaVersion(text));
  }
}
