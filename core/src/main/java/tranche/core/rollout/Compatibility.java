package tranche.core.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tranche.core.fleet.CellId;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaVersion;

/// The proof of I1 for a plan: no order of moves and reverts that the plan allows puts a release
/// beside a schema version that it does not read.
///
/// A store passes through its current version, each preparation and then each contract. Any tenant
/// of it may still run, or go back to, its present release until contract begins, so present
/// releases must read every version up to there. The new release serves from the end of the
/// preparation on, so it must read that version and every one after it. There is no other
/// combination: contract begins only when nobody can go back (I2).
final class Compatibility {
  private Compatibility() {}

  static void require(FleetState state, Release to, Set<TenantId> moving, StorePlan plan) {
    List<SchemaVersion> preparing = new ArrayList<>(List.of(plan.current()));
    plan.preparation().migrations().forEach(m -> preparing.add(m.version()));
    for (Tenant tenant : state.fleet().tenantsIn(plan.store())) {
      ReleaseId runs = state.ledger().get(tenant.id());
      Release present = runs == null ? null : state.releases().get(runs);
      if (present != null) {
        preparing.forEach(v -> require(present, plan, v, "while " + to.id() + " is prepared"));
      }
    }
    List<SchemaVersion> serving = new ArrayList<>(List.of(preparing.getLast()));
    plan.contract().forEach(m -> serving.add(m.version()));
    if (moving.stream().anyMatch(t -> uses(state, t, plan))) {
      serving.forEach(v -> require(to, plan, v, "when " + to.id() + " serves"));
    }
  }

  private static boolean uses(FleetState state, TenantId tenant, StorePlan plan) {
    return state.fleet().require(tenant).placement().storeIds().contains(plan.store());
  }

  private static void require(Release release, StorePlan plan, SchemaVersion version, String when) {
    if (!release.schema().reads().contains(version)) {
      throw new RolloutProblem.ReleaseCannotReadSchema(
              release.id(), release.schema().reads(), plan.store(), version, when)
          .exception();
    }
  }

  /// At most two releases side by side in each cell that the plan touches.
  static void requireBoundedSkew(FleetState state, ReleaseId to, Set<TenantId> moving) {
    Map<CellId, Set<ReleaseId>> sideBySide = new TreeMap<>();
    moving.forEach(t ->
        sideBySide
            .computeIfAbsent(state.fleet().require(t).placement().cell(), _ -> new TreeSet<>())
            .add(to));
    sideBySide.forEach((cell, releases) -> {
      state.fleet().tenantsIn(cell).stream()
          .flatMap(t -> state.releaseOf(t.id()).stream())
          .forEach(releases::add);
      if (releases.size() > 2) {
        throw new RolloutProblem.TooMuchSkew(cell.value(), releases.toString()).exception();
      }
    });
  }
}
