package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.core.release.SchemaVersion;

/// Where one store stands while it is changed: its current rows as they must be by now. That the
/// server agrees is checked by fingerprint in each transaction.
final class StoreChange {
  private final StoreId store;
  private final StoreHistory before;
  private final List<AppliedMigration> rows;
  private final List<MigrationKey> ran = new ArrayList<>();
  private long fingerprint;
  private SchemaVersion version;

  StoreChange(StoreId store, StoreHistory before, SchemaVersion version) {
    this.store = store;
    this.before = before;
    this.rows = new ArrayList<>(before.applied());
    this.fingerprint = before.fingerprint();
    this.version = version;
  }

  StoreId store() {
    return store;
  }

  /// The history that the task was decided on.
  StoreHistory before() {
    return before;
  }

  /// What the store must be now.
  long fingerprint() {
    return fingerprint;
  }

  /// What this call has done.
  List<MigrationKey> ran() {
    return ran;
  }

  /// What the store will be with that row instead of any of the same key.
  long fingerprintWith(AppliedMigration row) {
    return fingerprintWithout(row.key()) ^ Fingerprint.of(row);
  }

  /// What the store will be without that row.
  long fingerprintWithout(MigrationKey key) {
    return current(key).map(Fingerprint::of).map(hash -> fingerprint ^ hash).orElse(fingerprint);
  }

  /// The highest version with that row, in its one text.
  SchemaVersion versionWith(AppliedMigration row) {
    return row.key() instanceof MigrationKey.Version(var other) && other.isAfter(version)
        ? new SchemaVersion(other.canonical())
        : version;
  }

  /// The highest version of a history, in its one text.
  static SchemaVersion version(StoreHistory history) {
    return history.applied().stream()
        .map(AppliedMigration::key)
        .flatMap(key ->
            key instanceof MigrationKey.Version(var version)
                ? Optional.of(version).stream()
                : Optional.<SchemaVersion>empty().stream())
        .max(Comparator.naturalOrder())
        .map(highest -> new SchemaVersion(highest.canonical()))
        .orElse(SchemaVersion.NONE);
  }

  private Optional<AppliedMigration> current(MigrationKey key) {
    return rows.stream().filter(row -> row.key().equals(key)).findFirst();
  }

  /// A migration has been applied.
  void applied(AppliedMigration row, long newFingerprint) {
    boolean _ = rows.removeIf(r -> r.key().equals(row.key()));
    rows.add(row);
    version = versionWith(row);
    ran.add(row.key());
    fingerprint = newFingerprint;
  }

  /// A migration has been taken back.
  void undone(MigrationKey key, long newFingerprint) {
    boolean _ = rows.removeIf(r -> r.key().equals(key));
    ran.add(key);
    fingerprint = newFingerprint;
  }
}
