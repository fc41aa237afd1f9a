package tranche.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreReading;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.Undo;

/// A schema of an [InMemoryStoreAccess]. Used while the monitor of its access is held.
final class MemorySchema {
  private final List<Row> rows = new ArrayList<>();
  private final List<MigrationKey> executed = new ArrayList<>();
  private boolean isManaged;
  private boolean hasTables;
  private Optional<String> failure = Optional.empty();

  private record Row(AppliedMigration applied, String run, Undo undo) {}

  StoreReading reading() {
    return isManaged
        ? new StoreReading.Managed(history(), failure)
        : new StoreReading.Unmanaged(List.of(), !hasTables);
  }

  private StoreHistory history() {
    return new StoreHistory(
        HistoryKind.TRANCHE,
        fingerprint(),
        rows.stream().map(Row::applied).toList(),
        Optional.empty());
  }

  long fingerprint() {
    long hash = 0;
    for (Row row : rows) {
      AppliedMigration a = row.applied();
      String text = a.key().text() + "\n" + a.checksum() + "\n" + a.isBaseline();
      // Spreads the 32 bits of the text's hash, so that two rows do not cancel each other.
      long mixed = text.hashCode() * 0x9E3779B97F4A7C15L;
      hash ^= mixed ^ (mixed >>> 29);
    }
    return hash;
  }

  void apply(AppliedMigration applied, String run, Undo undo) {
    isManaged = true;
    hasTables = true;
    failure = Optional.empty();
    boolean _ = rows.removeIf(row -> row.applied().key().equals(applied.key()));
    rows.add(new Row(applied, run, undo));
    executed.add(applied.key());
  }

  void revert(MigrationKey key) {
    failure = Optional.empty();
    boolean _ = rows.removeIf(row -> row.applied().key().equals(key));
  }

  void fail(String message) {
    isManaged = true;
    failure = Optional.of(message);
  }

  void addTable() {
    hasTables = true;
  }

  boolean hasTables() {
    return hasTables;
  }

  Optional<Undo> undo(MigrationKey key) {
    return rows.stream().filter(row -> row.applied().key().equals(key)).map(Row::undo).findFirst();
  }

  List<KeptUndo> undos() {
    return rows.reversed().stream()
        .map(row ->
            new KeptUndo(row.applied().key(), row.run(), row.undo(), row.applied().isBaseline()))
        .toList();
  }

  boolean isManaged() {
    return isManaged;
  }

  List<MigrationKey> executed() {
    return List.copyOf(executed);
  }
}
