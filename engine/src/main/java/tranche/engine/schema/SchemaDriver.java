package tranche.engine.schema;

import java.util.Collection;
import java.util.Map;
import tranche.core.fleet.StoreId;
import tranche.core.release.Migration;
import tranche.core.release.Release;
import tranche.core.release.SchemaVersion;

/// Changes and observes stores. Every method is idempotent: called again after a crash at any
/// point, with the outcome of the first call unknown, it ends in the same place and does nothing
/// twice.
///
/// All methods that change something throw a [tranche.core.problem.ProblemException] with a
/// [SchemaProblem]; [SchemaProblem#canPass()] says whether trying again can help. None of them
/// leaves anything half done in a store.
public interface SchemaDriver {
  /// The versions of those stores that exist, read from the stores themselves.
  Map<StoreId, SchemaVersion> versions(Collection<StoreId> stores);

  /// Creates database and schema if they are missing, the history, and the application's role with
  /// exactly the rights it needs.
  void provision(StoreId store, ChangeContext context);

  /// Runs the release's checks, read-only.
  ///
  /// @throws tranche.core.problem.ProblemException [SchemaProblem.PreflightFailed] with the first
  ///   offending data
  void preflight(StoreId store, Release release);

  /// Copies the touched tables out of the store and proves that the copy can be read back to the
  /// same content.
  ///
  /// @return one sentence with rows, bytes and place
  String backup(StoreId store, Release release, ChangeContext context);

  /// Runs one migration, or finds that it was run. A backfill is repeated until it changes nothing.
  ///
  /// @return one sentence with what was done
  String migrate(StoreId store, Migration migration, ChangeContext context);

  /// Runs a recorded backfill again until it changes nothing.
  ///
  /// @return the number of rows it still had to change
  long finishBackfill(StoreId store, Migration migration, ChangeContext context);
}
