package tranche.engine.control;

import java.util.List;
import java.util.Optional;
import tranche.core.fleet.FleetProblem;
import tranche.core.fleet.TenantId;
import tranche.core.problem.ProblemException;
import tranche.core.rollout.Event;
import tranche.core.rollout.Plan;
import tranche.core.rollout.PlannedTranche;
import tranche.core.rollout.Reverts;
import tranche.core.rollout.RolloutId;
import tranche.core.rollout.RolloutProblem;
import tranche.core.rollout.RolloutState;
import tranche.engine.rollout.ServiceProblem;

/// Which events record a command, or why it is refused. Asking for what is so already is no error
/// and records nothing.
final class Commands {
  private Commands() {}

  static List<Event> events(RolloutId id, Command command, String by, RolloutState state) {
    if (command instanceof Command.Revert(var tenants, _)) {
      requireWayBack(state, tenants);
    }
    if (state.ending().isPresent()) {
      throw notNow(id, "be changed", "it has ended: " + state.ending().get().word());
    }
    if (state.cancelled().isPresent()) {
      throw notNow(id, "be changed", "it was cancelled by " + state.cancelled().get().by());
    }
    return switch (command) {
      case Command.Approve(var subject) -> approve(id, subject, by, state);
      case Command.Pause(var reason) ->
          state.paused().isPresent() ? List.of() : List.of(new Event.Paused(by, reason));
      case Command.Resume _ ->
          state.paused().isPresent() ? List.of(new Event.Resumed(by)) : List.of();
      case Command.Retry(var tenants) -> retry(id, tenants, by, state);
      case Command.Cancel(var reason) -> cancel(id, by, reason, state);
      case Command.Revert(var tenants, var reason) -> revert(id, tenants, by, reason, state);
    };
  }

  private static List<Event> approve(RolloutId id, String subject, String by, RolloutState state) {
    if (state.approvedBy(subject).isPresent()) {
      return List.of();
    }
    Optional<String> gate =
        subject.equals("contract")
            ? state.plan().contract().approval()
            : tranche(state.plan(), subject).flatMap(t -> t.gates().approval());
    if (gate.isEmpty()) {
      throw notNow(id, "be approved for " + subject, "there is no such approval gate");
    }
    return List.of(new Event.Approved(subject, by));
  }

  private static Optional<PlannedTranche> tranche(Plan plan, String subject) {
    return plan.tranches().stream()
        .filter(t -> subject.equals("tranche " + t.number()))
        .findFirst();
  }

  private static List<Event> retry(
      RolloutId id, List<TenantId> tenants, String by, RolloutState state) {
    requireKnown(state, tenants);
    if (state.revert().isPresent()) {
      throw notNow(id, "retry", "a revert is under way");
    }
    boolean hasFailedStep =
        state.steps().stream()
            .anyMatch(p -> p.status() instanceof tranche.core.rollout.StepProgress.Status.Failed);
    if (state.failed().isEmpty()
        && state.halted().isEmpty()
        && !hasFailedStep
        && tenants.stream().noneMatch(state::isReturned)) {
      throw notNow(id, "retry", "nothing has failed");
    }
    return List.of(new Event.RetryRequested(tenants, by));
  }

  private static List<Event> cancel(RolloutId id, String by, String reason, RolloutState state) {
    if (state.revert().isPresent()) {
      throw notNow(id, "be cancelled", "a revert is under way and must reach everybody");
    }
    return List.of(new Event.Cancelled(by, reason));
  }

  private static List<Event> revert(
      RolloutId id, List<TenantId> tenants, String by, String reason, RolloutState state) {
    requireKnown(state, tenants);
    if (state.revert().isPresent()) {
      throw notNow(id, "revert", "another revert is under way");
    }
    boolean anybodyMoved = tenants.isEmpty() || tenants.stream().anyMatch(state::hasMoved);
    return anybodyMoved ? List.of(new Event.RevertRequested(tenants, by, reason)) : List.of();
  }

  /// Asked before anything else about the rollout: that it has ended is the smaller news.
  private static void requireWayBack(RolloutState state, List<TenantId> tenants) {
    Optional<RolloutProblem> refusal = Reverts.refusal(state, tenants);
    if (refusal.isPresent()) {
      throw refusal.get().exception();
    }
  }

  private static void requireKnown(RolloutState state, List<TenantId> tenants) {
    var known = state.plan().movesByTenant();
    for (TenantId tenant : tenants) {
      if (!known.containsKey(tenant)) {
        throw new FleetProblem.UnknownTenant(tenant + " in this rollout").exception();
      }
    }
  }

  private static ProblemException notNow(RolloutId id, String command, String state) {
    return new ServiceProblem.NotNow(id.value(), command, state).exception();
  }
}
