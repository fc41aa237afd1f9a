package tranche.engine.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import tranche.core.fleet.Cell;
import tranche.core.fleet.CellId;
import tranche.core.fleet.Tenant;
import tranche.core.release.Release;
import tranche.core.rollout.Step;
import tranche.core.rollout.StepOutcome;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.ArmSpec;
import tranche.engine.delivery.DeliveryProblem;
import tranche.engine.delivery.Instance;
import tranche.engine.delivery.TenantRoute;

/// Starting and stopping arms.
record ArmSteps(
    World world, Order order, ArmLocks locks, ReleaseLookup releases, InstantSource clock) {
  private static final Duration REACHABLE_LIMIT = Duration.ofSeconds(15);
  private static final long LOOK_AGAIN_MILLIS = 50;

  /// What shall run is recorded first: if this process dies the next one's keeper either completes
  /// the arm or, once nobody wants it any more, removes it. Nothing is left unowned.
  StepOutcome deploy(Step.Deploy step) {
    Arm arm = new Arm(step.cell(), step.release());
    ReentrantLock lock = locks.of(arm);
    lock.lock();
    try {
      ArmSpec spec = spec(arm, releases.require(step.release()));
      world.arms().put(arm, spec.instances(), order.fence());
      List<Instance> instances = ensureOrForget(spec);
      world.router().putArm(arm, spec.release().artifact().readyPath(), instances, order.fence());
      requireReachable(arm, instances.size());
      return new StepOutcome.Done(instances.size() + " instances of " + arm + " are ready");
    } finally {
      lock.unlock();
    }
  }

  /// An arm is deployed when the router itself has seen all its instances ready: it looks at them
  /// on its own, and sends nothing to one that it has not seen ready (I8).
  private void requireReachable(Arm arm, int wanted) {
    Instant limit = clock.instant().plus(REACHABLE_LIMIT);
    long ready = readyInRouter(arm);
    while (ready < wanted) {
      if (clock.instant().isAfter(limit)) {
        throw new DeliveryProblem.NotAsIntended(
                arm + " as the gateway sees it", wanted + " ready", ready + " ready")
            .exception();
      }
      pause();
      ready = readyInRouter(arm);
    }
  }

  private long readyInRouter(Arm arm) {
    return world.router().arms().getOrDefault(arm, List.of()).stream()
        .filter(i -> i.state() == Instance.State.READY)
        .count();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the gateway");
    }
  }

  private List<Instance> ensureOrForget(ArmSpec spec) {
    try {
      return world.platform().ensure(spec, order.fence());
    } catch (tranche.core.problem.ProblemException e) {
      if (!(e.problem() instanceof DeliveryProblem.StaleController)) {
        world.arms().remove(spec.arm(), order.fence());
      }
      throw e;
    }
  }

  private ArmSpec spec(Arm arm, Release release) {
    Cell cell = order.fleet().cell(arm.cell());
    return new ArmSpec(arm, release, cell.instances(), order.fleet().tenantsIn(arm.cell()));
  }

  /// Traffic first, then the wish, then the processes: at no time is a request sent to an instance
  /// that is about to end.
  StepOutcome retire(Step.Retire step) {
    Arm arm = new Arm(step.cell(), step.release());
    ReentrantLock lock = locks.of(arm);
    lock.lock();
    try {
      List<TenantRoute> routes = routesWithout(arm);
      world.router().removeArm(arm, routes, order.fence());
      world.arms().remove(arm, order.fence());
      world.platform().stop(arm, order.fence());
      return new StepOutcome.Done(arm + " is stopped");
    } finally {
      lock.unlock();
    }
  }

  private List<TenantRoute> routesWithout(Arm arm) {
    Collection<TenantRoute> routes = world.router().routes(ids(arm.cell())).values();
    return routes.stream()
        .filter(r -> r.cell().equals(arm.cell()))
        .filter(r -> r.arms().stream().anyMatch(a -> a.release().equals(arm.release())))
        .map(r -> withoutTraffic(r, arm))
        .toList();
  }

  private static TenantRoute withoutTraffic(TenantRoute route, Arm arm) {
    for (TenantRoute.ArmWeight each : route.arms()) {
      if (each.release().equals(arm.release()) && each.weight() > 0) {
        throw new DeliveryProblem.NotAsIntended(
                "the weight of " + arm + " for tenant " + route.tenant(),
                "0",
                String.valueOf(each.weight()))
            .exception();
      }
    }
    return route.without(arm.release());
  }

  private List<tranche.core.fleet.TenantId> ids(CellId cell) {
    return order.fleet().tenantsIn(cell).stream().map(Tenant::id).toList();
  }
}
