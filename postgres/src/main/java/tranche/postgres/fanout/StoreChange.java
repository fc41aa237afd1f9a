package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.Collection;
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

  StoreChange(StoreId store, StoreHistory before) {
    this.store = store;
    this.before = before;
    this.rows = new ArrayList<>(before.applied());
    this.fingerprint = before.fingerprint();
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

  /// The highest version with that row.
  SchemaVersion versionWith(AppliedMigration row) {
    List<AppliedMigration> all = new ArrayList<>(rows);
    all.add(row);
    return version(all);
  }

  private static SchemaVersion version(Collection<AppliedMigration> rows) {
    return rows.stream()
        .map(AppliedMigration::key)
        .flatMap(key ->
            key instanceof MigrationKey.Version(var version)
                ? Optional.of(version).stream()
                : Optional.<SchemaVersion>empty().stream())
        .max(Comparator.naturalOrder())
        .orElse(SchemaVersion.NONE);
  }

  private Optional<AppliedMigration> current(MigrationKey key) {
    return rows.stream().filter(row -> row.key().equals(key)).findFirst();
  }

  /// A migration has been applied.
  void applied(AppliedMigration row, long newFingerprint) {
    boolean _ = rows.removeIf(r -> r.key().equals(row.key()));
    rows.add(row);
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
