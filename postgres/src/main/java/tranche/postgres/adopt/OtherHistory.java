package tranche.postgres.adopt;

import java.util.List;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.postgres.fanout.Literal;

/// Begins the history of another tool in a new store, empty, as the tool would find it before its
/// first migration.
public final class OtherHistory {
  private OtherHistory() {}

  /// Statements that give the store the tool's table, made like that of another store of the same
  /// database, and say that both histories are kept. Run again they change nothing.
  ///
  /// @param kind a tool whose table is kept right
  /// @param like a store that has the table
  public static List<String> begin(HistoryKind kind, StoreId like, StoreId store) {
    ForeignTables tables = ForeignTables.ORDINARY;
    String target = Literal.text(store.schema());
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + Marks.table(kind, store.schema(), tables)
            + " (LIKE "
            + Marks.table(kind, like.schema(), tables)
            + " INCLUDING ALL)",
        "INSERT INTO tranche.store (target, kind, foreign_mark) VALUES ("
            + target
            + ", "
            + Literal.text(kind.word().toLowerCase(java.util.Locale.ROOT))
            + ", "
            + Marks.query(kind, store.schema(), tables)
            + ") ON CONFLICT (target) DO UPDATE SET kind = excluded.kind,"
            + " foreign_mark = excluded.foreign_mark"
            + " WHERE tranche.store.fingerprint = 0 AND tranche.store.kind = 'tranche'");
  }

  /// Whether an application may go on using that tool, so that its table is kept right.
  public static boolean isKept(HistoryKind kind) {
    return Marks.isKept(kind);
  }
}
