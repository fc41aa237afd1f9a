package tranche.app.onboard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.app.schema.selection.TargetStore;
import tranche.config.fleet.TenantRow;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.Tenant;
import tranche.core.migration.HistoryKind;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaVersion;

/// What adding a tenant will do, found out without changing anything.
///
/// @param listed the tenant as the list of tenants has it, if it has it already
/// @param stores to be made, those that tenants share first
/// @param course where migrations come from; empty if there is no store to make
/// @param goals where each of the stores is brought
/// @param release that the tenants of the tier run, if a control plane has moved them
record Decided(
    TenantRow row,
    Tenant tenant,
    Optional<TenantRow> listed,
    List<StoreToMake> stores,
    Optional<Course> course,
    Map<StoreId, Goal> goals,
    Optional<ReleaseId> release) {
  Decided {
    stores = List.copyOf(stores);
    goals = Map.copyOf(goals);
  }

  /// A version, and why that one, in a few words.
  ///
  /// @param other a store of the tier in which another tool's history is kept too, and which tool
  record Goal(
      SchemaVersion version,
      String because,
      boolean isAsked,
      Optional<Map.Entry<StoreId, HistoryKind>> other) {}

  Goal goal(TargetStore store) {
    Goal goal = goals.get(store.store());
    if (goal == null) {
      throw new IllegalStateException("no goal for " + store.store());
    }
    return goal;
  }
}
