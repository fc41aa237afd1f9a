package tranche.postgres.adopt;

import java.util.List;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKey.Version;
import tranche.core.release.SchemaVersion;
import tranche.postgres.fanout.Literal;

/// The rows of Rails' `schema_migrations`, one for each version that was run.
final class RailsRecords implements Writers.Records {
  @Override
  public HistoryKind kind() {
    return HistoryKind.RAILS;
  }

  @Override
  public List<Long> locks(StoreId store) {
    return List.of();
  }

  @Override
  public List<String> applied(StoreId store, CompiledMigration migration) {
    return migration.key() instanceof Version(SchemaVersion version)
        ? List.of(
            "INSERT INTO %s (version) VALUES (%s) ON CONFLICT DO NOTHING"
                .formatted(table(store), Literal.text(version.value())))
        : List.of();
  }

  /// Rails has no word for a migration that stopped halfway.
  @Override
  public List<String> failed(StoreId store, CompiledMigration migration) {
    return List.of();
  }

  @Override
  public List<String> undone(StoreId store, MigrationKey migration) {
    return migration instanceof Version(SchemaVersion version)
        ? List.of(
            "DELETE FROM %s WHERE ltrim(version, '0') = %s"
                .formatted(table(store), Literal.text(version.canonical())))
        : List.of();
  }

  private String table(StoreId store) {
    return Marks.table(kind(), store.schema(), ForeignTables.ORDINARY);
  }
}
