package tranche.core.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tranche.core.fleet.CellId;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.fleet.TenantStatus;
import tranche.core.policy.Cohort;
import tranche.core.policy.RolloutPolicy;
import tranche.core.policy.TierPolicy;
import tranche.core.policy.TranchePolicy;
import tranche.core.release.Release;

/// From fleet, release and policy to a plan, or to the reason why there is none. Pure: the same
/// input gives the same plan with the same hash.
public final class Planner {
  private final FleetState state;
  private final Release release;
  private final RolloutPolicy policy;
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Map<TenantId, Tenant> moving = new LinkedHashMap<>();

  private Planner(FleetState state, Release release, RolloutPolicy policy) {
    this.state = state;
    this.release = release;
    this.policy = policy;
  }

  /// The plan that brings the tenants that `only` selects to the release.
  ///
  /// @throws tranche.core.problem.ProblemException a [RolloutProblem] when there is nothing to
  ///   move, a tenant is in no tranche, or safety cannot be shown
  public static Plan plan(FleetState state, Release release, RolloutPolicy policy, Cohort only) {
    return new Planner(state, release, policy).plan(only);
  }

  private Plan plan(Cohort only) {
    chooseTenants(only);
    List<PlannedTranche> tranches = tranches();
    Compatibility.requireBoundedSkew(state, release.id(), moving.keySet());
    StorePlanner planner = new StorePlanner(state, release, moving.keySet());
    List<StorePlan> stores = moving.isEmpty() ? planner.leftToContract() : planner.stores();
    if (moving.isEmpty() && stores.isEmpty()) {
      throw new RolloutProblem.NothingToMove(release.id()).exception();
    }
    Plan draft =
        new Plan(
            release.id(),
            release.hash(),
            tranches,
            stores,
            retirements(),
            leftOut,
            policy.contract(),
            "0000000");
    return PlanHash.seal(draft);
  }

  private void chooseTenants(Cohort only) {
    Set<TenantId> asked =
        only.select(state.fleet().tenants(), release.id().value()).stream()
            .map(Tenant::id)
            .collect(Collectors.toSet());
    for (Tenant tenant : state.fleet().tenants()) {
      Optional<String> reason =
          asked.contains(tenant.id()) ? reasonToStay(tenant) : Optional.of("not selected");
      reason.ifPresentOrElse(
          r -> leftOut.add(new LeftOut(tenant.id(), r)), () -> moving.put(tenant.id(), tenant));
    }
  }

  private Optional<String> reasonToStay(Tenant tenant) {
    if (state.releaseOf(tenant.id()).equals(Optional.of(release.id()))) {
      return Optional.of("on " + release.id() + " already");
    }
    return switch (tenant.status()) {
      case TenantStatus.Active _ -> Optional.empty();
      case TenantStatus.Suspended _ -> Optional.of("suspended");
      case TenantStatus.Held(var why) -> Optional.of("held: " + why);
    };
  }

  private List<PlannedTranche> tranches() {
    Map<TenantId, Tenant> rest = new LinkedHashMap<>(moving);
    List<PlannedTranche> tranches = new ArrayList<>();
    for (TranchePolicy rung : policy.ladder()) {
      List<Tenant> members = rung.cohort().select(List.copyOf(rest.values()), salt(rung));
      if (!members.isEmpty()) {
        members.forEach(t -> rest.remove(t.id()));
        tranches.add(tranche(tranches.size() + 1, rung, members));
      }
    }
    if (!rest.isEmpty()) {
      Tenant forgotten = rest.values().iterator().next();
      throw new RolloutProblem.TenantInNoTranche(forgotten.id(), forgotten.tier()).exception();
    }
    return tranches;
  }

  /// Salted by release, so that it is not always the same tenants who go first.
  private String salt(TranchePolicy rung) {
    return release.id() + "/" + rung.name();
  }

  private PlannedTranche tranche(int number, TranchePolicy rung, List<Tenant> members) {
    Map<String, List<Tenant>> byTier =
        members.stream()
            .collect(Collectors.groupingBy(Tenant::tier, TreeMap::new, Collectors.toList()));
    // Where nothing runs yet there is no traffic to protect, so an installation is one batch.
    int size = members.stream().allMatch(this::runsNothing) ? members.size() : rung.batch();
    List<Batch> batches = new ArrayList<>();
    byTier.forEach((tier, tenants) -> {
      for (int at = 0; at < tenants.size(); at += size) {
        List<Tenant> part = tenants.subList(at, Math.min(tenants.size(), at + size));
        BatchId id = new BatchId(number, String.valueOf(batches.size() + 1));
        batches.add(new Batch(id, policy.tier(tier), part.stream().map(this::move).toList()));
      }
    });
    return new PlannedTranche(
        number, rung.name(), who(rung, batches), batches, rung.gates(), about(rung, batches));
  }

  private static String who(TranchePolicy rung, List<Batch> batches) {
    int largest = batches.stream().mapToInt(b -> b.moves().size()).max().orElse(0);
    String batched =
        switch (rung.batch()) {
          case 1 -> ", one by one";
          default -> batches.size() > 1 ? ", " + largest + " at a time" : "";
        };
    return rung.cohort().words() + batched;
  }

  private Move move(Tenant tenant) {
    return new Move(
        tenant.id(),
        state.releaseOf(tenant.id()),
        tenant.placement().cell(),
        tenant.placement().storeIds());
  }

  private static Duration about(TranchePolicy rung, List<Batch> batches) {
    Duration sum = rung.gates().bake();
    for (Batch batch : batches) {
      TierPolicy tier = batch.policy();
      sum = sum.plus(tier.strategy().bake().multipliedBy(tier.strategy().weights().size()));
    }
    return sum.plus(Duration.ofSeconds(1).multipliedBy(batches.size()));
  }

  /// The arms that nobody needs after this plan: in each cell the releases its tenants come from,
  /// unless a tenant stays behind there.
  private List<Retirement> retirements() {
    Set<CellId> cells =
        moving.values().stream()
            .map(t -> t.placement().cell())
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    List<Retirement> retirements = new ArrayList<>();
    for (CellId cell : cells) {
      boolean everybodyMoves =
          state.fleet().tenantsIn(cell).stream()
              .allMatch(t -> moving.containsKey(t.id()) || isOnTarget(t) || runsNothing(t));
      if (everybodyMoves) {
        state.fleet().tenantsIn(cell).stream()
            .flatMap(t -> state.releaseOf(t.id()).stream())
            .filter(from -> !from.equals(release.id()))
            .distinct()
            .sorted()
            .forEach(from -> retirements.add(new Retirement(cell, from)));
      }
    }
    return retirements;
  }

  private boolean isOnTarget(Tenant tenant) {
    return state.releaseOf(tenant.id()).equals(Optional.of(release.id()));
  }

  private boolean runsNothing(Tenant tenant) {
    return state.releaseOf(tenant.id()).isEmpty();
  }

  /// The stores of some tenants, sorted.
  static List<StoreId> storesOf(FleetState state, Set<TenantId> tenants) {
    return tenants.stream()
        .flatMap(t -> state.fleet().require(t).placement().storeIds().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
