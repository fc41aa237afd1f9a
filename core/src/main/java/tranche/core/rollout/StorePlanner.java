package tranche.core.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.release.Migration;
import tranche.core.release.Release;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.Preparation.Work;

/// What happens to the stores of the moving tenants.
record StorePlanner(FleetState state, Release release, Set<TenantId> moving) {
  List<StorePlan> stores() {
    return Planner.storesOf(state, moving).stream().map(this::store).toList();
  }

  /// The stores whose tenants all run the release already and which still have its old shape,
  /// because the rollout that moved them was cancelled before the end.
  List<StorePlan> leftToContract() {
    return state.fleet().stores().stream()
        .filter(s -> state.versions().containsKey(s))
        .filter(s -> isOnlyContract(release.schema().pendingAfter(state.versionOf(s))))
        .map(this::store)
        .filter(s -> !s.contract().isEmpty())
        .map(StorePlanner::withoutPreparation)
        .toList();
  }

  private static boolean isOnlyContract(List<Migration> pending) {
    return pending.stream().allMatch(m -> m.phase() == SchemaPhase.CONTRACT);
  }

  private static StorePlan withoutPreparation(StorePlan plan) {
    Preparation none = new Preparation(List.of(), List.of());
    return new StorePlan(plan.store(), plan.current(), none, plan.contract(), plan.contractHeld());
  }

  private StorePlan store(StoreId store) {
    SchemaVersion current = state.versionOf(store);
    requireKnown(store, current);
    List<Migration> pending = release.schema().pendingAfter(current);
    requireContractLast(pending);
    Optional<String> held = reasonToKeepOldShape(store);
    StorePlan plan =
        new StorePlan(
            store,
            current,
            new Preparation(work(store, pending), refs(pending, false)),
            held.isPresent() ? List.of() : refs(pending, true),
            refs(pending, true).isEmpty() ? Optional.empty() : held);
    Compatibility.require(state, release, moving, plan);
    return plan;
  }

  /// A release carries the whole chain of migrations, so a version it does not know means that the
  /// store was changed by something else, or that a file is missing: going on would leave a gap.
  private void requireKnown(StoreId store, SchemaVersion current) {
    boolean isKnown =
        current.equals(SchemaVersion.NONE)
            || release.schema().migrations().stream().anyMatch(m -> m.version().equals(current));
    if (!isKnown) {
      throw new RolloutProblem.SchemaVersionUnknown(release.id(), store, current).exception();
    }
  }

  private void requireContractLast(List<Migration> pending) {
    Optional<Migration> contract = Optional.empty();
    for (Migration migration : pending) {
      if (migration.phase() == SchemaPhase.CONTRACT) {
        contract = Optional.of(migration);
      } else if (contract.isPresent()) {
        throw new RolloutProblem.ContractNotLast(
                release.id(), contract.get().version(), migration.version())
            .exception();
      }
    }
  }

  private List<Work> work(StoreId store, List<Migration> pending) {
    List<Work> work = new ArrayList<>();
    if (!state.versions().containsKey(store)) {
      work.add(Work.PROVISION);
      return work;
    }
    if (!pending.isEmpty()) {
      if (!release.schema().preflight().isEmpty()) {
        work.add(Work.PREFLIGHT);
      }
      if (!release.schema().touches().isEmpty()) {
        work.add(Work.BACKUP);
      }
    }
    return work;
  }

  private static List<MigrationRef> refs(List<Migration> migrations, boolean contract) {
    return migrations.stream()
        .filter(m -> (m.phase() == SchemaPhase.CONTRACT) == contract)
        .map(MigrationRef::of)
        .toList();
  }

  /// I2: while one tenant of the store stays on another release the old shape stays.
  private Optional<String> reasonToKeepOldShape(StoreId store) {
    for (Tenant tenant : state.fleet().tenantsIn(store)) {
      var runs = state.releaseOf(tenant.id());
      boolean stays =
          !moving.contains(tenant.id()) && runs.isPresent() && !runs.get().equals(release.id());
      if (stays) {
        return Optional.of("tenant " + tenant.id() + " stays on " + runs.get());
      }
    }
    return reasonInCell(store);
  }

  /// The arm that reads the old shape is stopped per cell, so a tenant that stays keeps it alive
  /// for its whole cell.
  private Optional<String> reasonInCell(StoreId store) {
    for (Tenant tenant : state.fleet().tenantsIn(store)) {
      for (Tenant neighbour : state.fleet().tenantsIn(tenant.placement().cell())) {
        var runs = state.releaseOf(neighbour.id());
        if (!moving.contains(neighbour.id())
            && runs.isPresent()
            && !runs.get().equals(release.id())) {
          return Optional.of(
              "cell "
                  + tenant.placement().cell()
                  + " still serves "
                  + neighbour.id()
                  + " on "
                  + runs.get());
        }
      }
    }
    return Optional.empty();
  }
}
