package tranche.engine.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tranche.core.fleet.Stickiness;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaRange;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.Move;
import tranche.core.rollout.Step;
import tranche.core.rollout.StepOutcome;
import tranche.engine.delivery.DeliveryProblem;
import tranche.engine.delivery.TenantRoute;
import tranche.engine.delivery.TenantRoute.ArmWeight;

/// Moving traffic, and making sure that it moved.
record RouteSteps(World world, Order order) {
  StepOutcome shift(Step.Shift step) {
    List<TenantRoute> routes = step.moves().stream().map(m -> route(m, step.weight())).toList();
    world.router().route(routes, order.fence());
    return new StepOutcome.Done(
        routes.size() + " tenants at " + step.weight() + " % of " + order.release().id());
  }

  private TenantRoute route(Move move, int weight) {
    List<ArmWeight> arms = new ArrayList<>();
    int candidate = move.from().isPresent() ? weight : 100;
    move.from().ifPresent(from -> arms.add(new ArmWeight(from, 100 - candidate)));
    arms.add(new ArmWeight(order.release().id(), candidate));
    return new TenantRoute(move.tenant(), move.cell(), arms, sticky(move));
  }

  private Stickiness sticky(Move move) {
    return order.fleet().cell(move.cell()).sticky();
  }

  /// The arm that was left is not named any more: it must not even be a fallback.
  StepOutcome giveBack(Step.Return step) {
    List<TenantRoute> routes = step.moves().stream().flatMap(m -> baseline(m).stream()).toList();
    List<TenantId> installed =
        step.moves().stream().filter(m -> m.from().isEmpty()).map(Move::tenant).toList();
    if (!routes.isEmpty()) {
      world.router().route(routes, order.fence());
    }
    if (!installed.isEmpty()) {
      world.router().forget(installed, order.fence());
    }
    return new StepOutcome.Done(step.moves().size() + " tenants are back where they came from");
  }

  private Optional<TenantRoute> baseline(Move move) {
    return move.from()
        .map(from ->
            new TenantRoute(
                move.tenant(), move.cell(), List.of(new ArmWeight(from, 100)), sticky(move)));
  }

  /// From here on the old arm is no fallback any more: what the ledger names is all that can
  /// answer.
  StepOutcome settle(Step.Settle step) {
    List<TenantRoute> routes =
        step.moves().stream()
            .map(m ->
                new TenantRoute(
                    m.tenant(), m.cell(), List.of(new ArmWeight(step.release(), 100)), sticky(m)))
            .toList();
    world.router().route(routes, order.fence());
    requireRoutes(step.moves(), Optional.of(step.release()));
    requireVersions(step.moves());
    return new StepOutcome.Done(step.moves().size() + " tenants run " + step.release());
  }

  StepOutcome settleReturned(Step.SettleReturned step) {
    for (Move move : step.moves()) {
      requireRoutes(List.of(move), move.from());
    }
    return new StepOutcome.Done(step.moves().size() + " tenants run what they ran before");
  }

  private void requireRoutes(List<Move> moves, Optional<ReleaseId> release) {
    List<TenantId> tenants = moves.stream().map(Move::tenant).toList();
    Map<TenantId, TenantRoute> routes = world.router().routes(tenants);
    for (TenantId tenant : tenants) {
      Optional<ReleaseId> observed = Optional.ofNullable(routes.get(tenant)).flatMap(this::whole);
      if (!observed.equals(release)) {
        throw new DeliveryProblem.NotAsIntended(
                "the route of tenant " + tenant, word(release), word(observed))
            .exception();
      }
    }
  }

  private Optional<ReleaseId> whole(TenantRoute route) {
    return route.arms().stream().filter(a -> a.weight() == 100).map(ArmWeight::release).findFirst();
  }

  private static String word(Optional<ReleaseId> release) {
    return release.map(r -> "100 % " + r).orElse("none");
  }

  private void requireVersions(List<Move> moves) {
    TreeSet<StoreId> stores = new TreeSet<>();
    moves.forEach(m -> stores.addAll(m.stores()));
    Map<StoreId, SchemaVersion> versions = world.schema().versions(stores);
    SchemaRange reads = order.release().schema().reads();
    for (StoreId store : stores) {
      SchemaVersion version = versions.getOrDefault(store, SchemaVersion.NONE);
      if (!reads.contains(version)) {
        throw new DeliveryProblem.NotAsIntended(
                "the schema of store " + store, reads.toString(), version.toString())
            .exception();
      }
    }
  }
}
