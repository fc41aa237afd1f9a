package tranche.engine.rollout;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tranche.core.fleet.TenantId;
import tranche.core.judge.Verdict;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.Migration;
import tranche.core.release.ReleaseProblem;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.Step;
import tranche.core.rollout.StepKind;
import tranche.core.rollout.StepOutcome;
import tranche.core.rollout.TrafficMark;
import tranche.engine.schema.ChangeContext;
import tranche.engine.verify.Verifier.Door;

/// Performs one step. Idempotent, because every port it calls is: a step whose outcome is unknown
/// is simply performed again (I3).
final class StepPerformer {
  private final World world;
  private final Order order;
  private final InstantSource clock;
  private final ArmSteps arms;
  private final RouteSteps routes;

  StepPerformer(
      World world, Order order, ArmLocks locks, ReleaseLookup releases, InstantSource clock) {
    this.world = world;
    this.order = order;
    this.clock = clock;
    this.arms = new ArmSteps(world, order, locks, releases, clock);
    this.routes = new RouteSteps(world, order);
  }

  /// Performs the step.
  ///
  /// @throws tranche.core.problem.ProblemException if it cannot be performed
  StepOutcome perform(Step step) {
    return switch (step) {
      case Step.Provision(var store) -> {
        world.schema().provision(store, context());
        yield new StepOutcome.Done("store " + store + " is there");
      }
      case Step.Preflight(var store) -> {
        world.schema().preflight(store, order.release());
        yield new StepOutcome.Done(order.release().schema().preflight().size() + " checks passed");
      }
      case Step.Backup(var store) ->
          new StepOutcome.Done(world.schema().backup(store, order.release(), context()));
      case Step.Migrate(var store, var version, _) ->
          new StepOutcome.Done(world.schema().migrate(store, migration(version), context()));
      case Step.CheckBackfill(var store, var version) -> {
        long rows = world.schema().finishBackfill(store, migration(version), context());
        yield new StepOutcome.Done(rows + " rows were left and are filled now");
      }
      case Step.Deploy deploy -> arms.deploy(deploy);
      case Step.Retire retire -> arms.retire(retire);
      case Step.Verify verify -> verify(verify);
      case Step.Shift shift -> routes.shift(shift);
      case Step.Bake(_, var time, var tenants) -> {
        // The mark is taken before the time is read, so the window is never shorter than asked.
        TrafficMark mark = world.router().mark(tenants);
        Instant until = clock.instant().plus(time);
        yield new StepOutcome.Baking(until, mark);
      }
      case Step.Look look -> new StepOutcome.Judged(look(look));
      case Step.Settle settle -> routes.settle(settle);
      case Step.Return back -> routes.giveBack(back);
      case Step.SettleReturned back -> routes.settleReturned(back);
    };
  }

  private ChangeContext context() {
    return new ChangeContext(order.rollout(), order.fence());
  }

  private Migration migration(SchemaVersion version) {
    return order.release().schema().migrations().stream()
        .filter(m -> m.version().equals(version))
        .findFirst()
        .orElseThrow(() ->
            new ReleaseProblem.UnknownRelease(order.release().id() + " V" + version).exception());
  }

  private StepOutcome verify(Step.Verify step) {
    Door door = step.kind() == StepKind.VERIFY_BEFORE ? Door.PREVIEW : Door.FRONT;
    List<TenantId> tenants = step.tenants();
    Map<TenantId, RecordedProblem> failed =
        world.verifier().verify(order.suites(), step.release(), tenants, door);
    String note = (tenants.size() - failed.size()) + " of " + tenants.size() + " tenants passed";
    return failed.isEmpty() ? new StepOutcome.Done(note) : new StepOutcome.Except(failed, note);
  }

  private Verdict look(Step.Look look) {
    TrafficMark now = world.router().mark(look.tenants());
    return world
        .judge()
        .judge(look.criteria(), now.evidenceSince(look.since(), order.release().id()));
  }
}
