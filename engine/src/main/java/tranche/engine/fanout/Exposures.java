package tranche.engine.fanout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tranche.core.fanout.Exposure;
import tranche.core.fanout.FleetPast;
import tranche.core.fanout.StoreNeed;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.SourceMigration;

/// Finds out who could be hurt by migrations that are unsafe. Costs nothing as long as readings
/// answer it; only stores with a history of ours that has nothing in it are looked at once more,
/// with one statement per database.
public final class Exposures {
  private final FleetPast past;
  private final StoreAccess access;

  /// @param past of all stores of the run
  public Exposures(FleetPast past, StoreAccess access) {
    this.past = past;
    this.access = access;
  }

  /// Stores that need the same.
  public record Needing(StoreNeed.Migrations need, List<StoreId> stores) {
    public Needing {
      stores = List.copyOf(stores);
    }
  }

  /// Who could be hurt, for each of these migrations of a set.
  ///
  /// @param unsafe migrations with errors
  /// @param needs all stores of the set that need something
  /// @throws tranche.core.problem.ProblemException if a database cannot be asked
  public Map<SourceMigration, Exposure> of(
      String set, List<SourceMigration> unsafe, List<Needing> needs) {
    Map<SourceMigration, Exposure> exposures = new HashMap<>();
    Map<SourceMigration, List<StoreId>> open = new HashMap<>();
    for (SourceMigration migration : unsafe) {
      int has = past.runsIn(set, migration);
      List<StoreId> needing = has > 0 ? List.of() : needing(migration, needs);
      boolean isDecided = has > 0 || !needing.stream().allMatch(this::mayBeEmpty);
      if (isDecided) {
        exposures.put(migration, Exposure.of(has, needing, Set.of()));
      } else {
        open.put(migration, needing);
      }
    }
    if (!open.isEmpty()) {
      Set<StoreId> empty = empty(open.values());
      open.forEach((migration, stores) -> exposures.put(migration, Exposure.of(0, stores, empty)));
    }
    return exposures;
  }

  private static List<StoreId> needing(SourceMigration migration, List<Needing> needs) {
    List<StoreId> stores = new ArrayList<>();
    for (Needing needing : needs) {
      if (needing.need().migrations().contains(migration)) {
        stores.addAll(needing.stores());
      }
    }
    return stores;
  }

  private boolean mayBeEmpty(StoreId store) {
    return past.isEmpty(store) || past.isBare(store);
  }

  private Set<StoreId> empty(Iterable<List<StoreId>> lists) {
    Set<StoreId> empty = new HashSet<>();
    Map<DatabaseId, Set<StoreId>> asked = new HashMap<>();
    for (List<StoreId> stores : lists) {
      for (StoreId store : stores) {
        if (past.isEmpty(store)) {
          empty.add(store);
        } else {
          asked.computeIfAbsent(store.database(), _ -> new HashSet<>()).add(store);
        }
      }
    }
    asked.forEach((database, stores) -> empty.addAll(access.empty(database, stores)));
    return empty;
  }
}
