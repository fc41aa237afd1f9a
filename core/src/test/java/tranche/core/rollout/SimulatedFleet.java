package tranche.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.judge.ArmCounts;
import tranche.core.judge.Evidence;
import tranche.core.judge.Verdict;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaVersion;

/// A fleet in memory on which steps have their effects, and which checks after each effect that no
/// tenant can reach a release beside a schema that it does not read (I1), nor an arm that does not
/// run (I8).
final class SimulatedFleet {
  static final RecordedProblem TROUBLE =
      new RecordedProblem("trouble", ProblemKind.ENVIRONMENT, "what", "why", "fix");

  final Fleet fleet;
  final Map<ReleaseId, Release> releases;
  final Map<TenantId, ReleaseId> ledger = new HashMap<>();
  final Map<StoreId, SchemaVersion> versions = new HashMap<>();
  final Map<TenantId, Map<ReleaseId, Integer>> routes = new HashMap<>();
  final Set<String> arms = new HashSet<>();
  final List<String> migrationsRun = new ArrayList<>();
  private final SplittableRandom random;
  private boolean contractsEarly;

  SimulatedFleet(Fleet fleet, List<Release> releases, SplittableRandom random) {
    this.fleet = fleet;
    this.releases = releases.stream().collect(Collectors.toMap(Release::id, r -> r));
    this.random = random;
  }

  /// Plants a fault: the first migration of a store takes the contract migrations along.
  SimulatedFleet contractingEarly() {
    contractsEarly = true;
    return this;
  }

  FleetState state() {
    return new FleetState(fleet, ledger, versions, releases);
  }

  /// Has the effect of a step on the fleet. Repeating it changes nothing.
  StepOutcome perform(Step step, ReleaseId to, Instant now) {
    StepOutcome outcome = effect(step, to, now);
    checkInvariants(step);
    return outcome;
  }

  private StepOutcome effect(Step step, ReleaseId to, Instant now) {
    switch (step) {
      case Step.Provision(var store) -> versions.putIfAbsent(store, SchemaVersion.NONE);
      case Step.Migrate(var store, var version, _) -> migrate(store, version);
      case Step.Deploy(var cell, var release, _) -> arms.add(cell + "@" + release);
      case Step.Retire(var cell, var release, _) -> retire(cell.value(), release);
      case Step.Shift(_, var weight, var moves) -> moves.forEach(m -> shift(m, to, weight));
      case Step.Bake(_, var time, _) -> {
        return new StepOutcome.Baking(now.plus(time), new TrafficMark("b", Map.of()));
      }
      case Step.Look _ -> {
        return new StepOutcome.Judged(verdict());
      }
      case Step.Return(_, var moves) -> moves.forEach(this::giveBack);
      case Step.Settle(_, var release, var moves) -> moves.forEach(m -> settle(m, release));
      case Step.SettleReturned(_, var moves) -> moves.forEach(this::settleReturned);
      case Step.Preflight _, Step.Backup _, Step.CheckBackfill _, Step.Verify _ -> {}
    }
    return new StepOutcome.Done("done");
  }

  private void migrate(StoreId store, SchemaVersion wanted) {
    SchemaVersion version = contractsEarly ? targetOfOwner(wanted) : wanted;
    if (version.isAfter(versions.getOrDefault(store, SchemaVersion.NONE))) {
      versions.put(store, version);
      migrationsRun.add(store + "/" + version);
    }
  }

  private SchemaVersion targetOfOwner(SchemaVersion version) {
    return releases.values().stream()
        .map(r -> r.schema().target())
        .filter(target -> !version.isAfter(target))
        .min(java.util.Comparator.naturalOrder())
        .orElseThrow();
  }

  private void retire(String cell, ReleaseId release) {
    for (Tenant tenant : fleet.tenants()) {
      Map<ReleaseId, Integer> route = routes.get(tenant.id());
      if (tenant.placement().cell().value().equals(cell) && route != null) {
        Integer weight = route.remove(release);
        assertThat(weight).as("weight of a retired arm for %s", tenant.id()).isIn(null, 0);
      }
    }
    arms.remove(cell + "@" + release);
  }

  private void shift(Move move, ReleaseId to, int weight) {
    Map<ReleaseId, Integer> route = new LinkedHashMap<>();
    int candidate = move.from().isPresent() ? weight : 100;
    move.from().ifPresent(from -> route.put(from, 100 - candidate));
    route.put(to, candidate);
    routes.put(move.tenant(), route);
  }

  private void giveBack(Move move) {
    routes.remove(move.tenant());
    move.from().ifPresent(from -> routes.put(move.tenant(), new HashMap<>(Map.of(from, 100))));
  }

  private void settle(Move move, ReleaseId release) {
    routes.put(move.tenant(), new HashMap<>(Map.of(release, 100)));
    ledger.put(move.tenant(), release);
  }

  private void settleReturned(Move move) {
    move.from()
        .ifPresentOrElse(
            from -> ledger.put(move.tenant(), from), () -> ledger.remove(move.tenant()));
  }

  private Verdict verdict() {
    Evidence evidence = Evidence.of(ArmCounts.NONE, ArmCounts.NONE);
    return switch (random.nextInt(20)) {
      case 0 -> new Verdict.Unhealthy(evidence, "worse");
      case 1, 2 -> new Verdict.Inconclusive(evidence, "too little");
      case 3 -> new Verdict.Inconclusive(Evidence.missing("lost"), "lost");
      default -> new Verdict.Healthy(evidence, "fine");
    };
  }

  void checkInvariants(Step after) {
    for (Tenant tenant : fleet.tenants()) {
      Map<ReleaseId, Integer> route = routes.getOrDefault(tenant.id(), Map.of());
      for (ReleaseId release : route.keySet()) {
        assertThat(arms)
            .as("I8: %s of %s runs, after %s", release, tenant.id(), after.id())
            .contains(tenant.placement().cell() + "@" + release);
        for (StoreId store : tenant.placement().storeIds()) {
          SchemaVersion version = versions.getOrDefault(store, SchemaVersion.NONE);
          assertThat(releases.get(release).schema().reads().contains(version))
              .as("I1: %s reads %s of %s, after %s", release, version, store, after.id())
              .isTrue();
        }
      }
    }
  }

  /// A pause of simulated time.
  static Duration aMoment(SplittableRandom random) {
    return Duration.ofMillis(random.nextInt(1, 700));
  }
}
