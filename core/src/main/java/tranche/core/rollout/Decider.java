package tranche.core.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.policy.OnUnhealthy;
import tranche.core.policy.TierPolicy;
import tranche.core.problem.RecordedProblem;

/// One look at plan, state and moment in, one decision out: no clock, no I/O, no log.
///
/// The order of the questions is the order of safety. What ended rests. A revert goes before
/// everything, also before a pause, because taking back is never made to wait; so does a cancel. A
/// halt and a pause stop new steps but not running ones. Only then tranches move, in order, and the
/// old shape goes last.
public final class Decider {
  private Decider() {}

  /// What to do next.
  public static Decision decide(RolloutState state, Moment moment) {
    if (state.ending().isPresent()) {
      return new Decision.Rest();
    }
    if (state.revert().isPresent()) {
      return RevertDecision.decide(state, state.revert().get(), moment);
    }
    if (state.cancelled().isPresent()) {
      return CancelDecision.decide(state, moment);
    }
    if (state.halted().isPresent()) {
      return new Decision.Hold(Holds.halted(state.halted().get().what(), state));
    }
    if (state.paused().isPresent()) {
      return new Decision.Hold(Holds.paused(state.paused().get(), state));
    }
    return overBudget(state)
        .or(() -> firstUnfinishedTranche(state, moment))
        .orElseGet(() -> ClosingDecision.decide(state, moment));
  }

  private static Optional<Decision> firstUnfinishedTranche(RolloutState state, Moment moment) {
    for (PlannedTranche tranche : state.plan().tranches()) {
      Optional<Decision> decision = trancheDecision(tranche, state, moment);
      if (decision.isPresent()) {
        return decision;
      }
    }
    return Optional.empty();
  }

  private static Optional<Decision> trancheDecision(
      PlannedTranche tranche, RolloutState state, Moment moment) {
    for (Batch batch : state.batches(tranche)) {
      BatchDecision decision = new BatchDecision(tranche, batch, state, moment);
      if (decision.isComplete()) {
        continue;
      }
      String subject = "tranche " + tranche.number();
      Optional<String> approver = tranche.gates().approval();
      if (approver.isPresent() && !batch.isInstallation() && state.approvedBy(subject).isEmpty()) {
        return Optional.of(new Decision.Hold(Holds.approval(subject, approver.get(), state)));
      }
      Optional<Decision> next = decision.decide();
      if (next.isPresent()) {
        return next;
      }
    }
    return BatchDecision.trancheEnd(tranche, state, moment);
  }

  private static Optional<Decision> overBudget(RolloutState state) {
    for (TierPolicy policy : tiers(state.plan())) {
      List<Move> ofTier =
          state.plan().batches().stream()
              .filter(b -> b.policy().tier().equals(policy.tier()))
              .flatMap(b -> b.moves().stream())
              .toList();
      List<RecordedProblem> failures =
          ofTier.stream()
              .map(m -> state.failed().get(m.tenant()))
              .filter(java.util.Objects::nonNull)
              .toList();
      int allowed = policy.budget().of(ofTier.size());
      if (failures.size() > allowed) {
        var spent =
            new RolloutProblem.FailureBudgetSpent(
                policy.tier(), failures.size(), allowed, failures.getLast().what());
        return Optional.of(halt(RecordedProblem.of(spent), policy.onUnhealthy()));
      }
    }
    return Optional.empty();
  }

  private static List<TierPolicy> tiers(Plan plan) {
    return plan.batches().stream().map(Batch::policy).distinct().toList();
  }

  /// Halts, and takes everything back if the policy says so.
  static Decision halt(RecordedProblem problem, OnUnhealthy policy) {
    List<Event> events = new ArrayList<>();
    events.add(new Event.Halted(problem));
    if (policy == OnUnhealthy.REVERT) {
      events.add(new Event.RevertRequested(List.of(), "policy", problem.what()));
    }
    return new Decision.Conclude(events);
  }
}
