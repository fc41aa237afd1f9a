package tranche.postgres.adopt;

import java.util.List;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKey.Version;
import tranche.core.release.SchemaVersion;
import tranche.postgres.fanout.Literal;

/// The one row of golang-migrate's `schema_migrations`. The version after an undo is what our own
/// history says; it was written before, in the same transaction.
final class GolangRecords implements Writers.Records {
  @Override
  public HistoryKind kind() {
    return HistoryKind.GOLANG_MIGRATE;
  }

  @Override
  public List<Long> locks(StoreId store) {
    return List.of();
  }

  @Override
  public List<String> applied(StoreId store, CompiledMigration migration) {
    return migration.key() instanceof Version(SchemaVersion version)
        ? List.of(clear(store), insert(store, Literal.text(version.value()), "false"))
        : List.of();
  }

  @Override
  public List<String> failed(StoreId store, CompiledMigration migration) {
    return migration.key() instanceof Version(SchemaVersion version)
        ? List.of(clear(store), insert(store, Literal.text(version.value()), "true"))
        : List.of();
  }

  @Override
  public List<String> undone(StoreId store, MigrationKey migration) {
    String version =
        "(SELECT nullif(s.version, '0') FROM tranche.store s WHERE s.target = "
            + Literal.text(store.schema())
            + ")";
    return List.of(clear(store), insert(store, version, "false"));
  }

  private String table(StoreId store) {
    return Marks.table(kind(), store.schema(), ForeignTables.ORDINARY);
  }

  private String clear(StoreId store) {
    return "DELETE FROM " + table(store);
  }

  private String insert(StoreId store, String version, String dirty) {
    return "INSERT INTO %s (version, dirty) SELECT v::bigint, %s FROM (SELECT %s AS v) one WHERE v IS NOT NULL"
        .formatted(table(store), dirty, version);
  }
}
