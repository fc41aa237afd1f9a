package tranche.postgres.adopt;

import java.util.ArrayList;
import java.util.List;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.postgres.fanout.ForeignHistoryWriter;

/// The histories of other tools that Tranche keeps up to date.
public final class Writers {
  private Writers() {}

  /// All of them.
  public static List<ForeignHistoryWriter> of(ForeignTables tables) {
    return List.of(
        new Kept(new FlywayRecords(tables), tables),
        new Kept(new GolangRecords(), tables),
        new Kept(new RailsRecords(), tables));
  }

  /// What is written for one tool, without what all have in common.
  interface Records {
    HistoryKind kind();

    List<Long> locks(StoreId store);

    List<String> applied(StoreId store, CompiledMigration migration);

    List<String> undone(StoreId store, MigrationKey migration);

    List<String> failed(StoreId store, CompiledMigration migration);
  }

  /// Refuses a table that somebody has written to, and keeps the mark after writing.
  private record Kept(Records records, ForeignTables tables) implements ForeignHistoryWriter {
    @Override
    public HistoryKind kind() {
      return records.kind();
    }

    @Override
    public List<Long> locks(StoreId store) {
      return records.locks(store);
    }

    @Override
    public List<String> entering(StoreId store, StoreHistory before) {
      return List.of(Marks.require(kind(), store, tables));
    }

    @Override
    public List<String> applied(StoreId store, CompiledMigration migration) {
      return marked(store, records.applied(store, migration));
    }

    @Override
    public List<String> undone(StoreId store, MigrationKey migration) {
      return marked(store, records.undone(store, migration));
    }

    @Override
    public List<String> failed(StoreId store, CompiledMigration migration) {
      return marked(store, records.failed(store, migration));
    }

    private List<String> marked(StoreId store, List<String> statements) {
      if (statements.isEmpty()) {
        return List.of();
      }
      List<String> all = new ArrayList<>(statements);
      all.add(Marks.keep(kind(), store, tables));
      return all;
    }
  }
}
