package tranche.postgres.fanout;

import java.util.List;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;

/// Keeps the history of another tool right in stores that it shares with Tranche.
///
/// It says which SQL to add and runs nothing itself: the statements become part of the transaction
/// that changes the store, so that both histories change together or not at all. They name the
/// store's schema in every table, because the script before them may have moved `search_path`. None
/// of them may end the transaction. All methods must be quick and pure: they are called for every
/// store.
public interface ForeignHistoryWriter {
  /// The SQLSTATE with which a statement of [#entering(StoreId, StoreHistory)] says that the store
  /// is no longer what was decided on: `SELECT tranche.require_unmoved(condition)` raises it.
  String MOVED = "TR003";

  /// The stores that it is asked about.
  HistoryKind kind();

  /// The advisory locks by which that tool excludes itself, taken besides the store's own: in the
  /// transaction for an ordinary migration, for the session around a script that runs statement by
  /// statement.
  List<Long> locks(StoreId store);

  /// Statements that run when the locks are held, before anything of a migration. The place to
  /// refuse a store in which the other tool has run something meanwhile.
  List<String> entering(StoreId store, StoreHistory before);

  /// Statements that record a migration that was run.
  ///
  /// @param migration as it is in this store, see [CompiledMigration#in(java.util.Map)]
  List<String> applied(StoreId store, CompiledMigration migration);

  /// Statements that record a migration that was taken back.
  List<String> undone(StoreId store, MigrationKey migration);

  /// Statements that record that a script outside of a transaction stopped in its middle. They run
  /// in a transaction of their own. A failed transaction leaves nothing, so nothing is recorded for
  /// it.
  List<String> failed(StoreId store, CompiledMigration migration);
}
