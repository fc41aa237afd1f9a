package tranche.core.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tranche.core.fleet.CellId;
import tranche.core.fleet.StoreId;
import tranche.core.policy.ContractPolicy;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.SchemaPhase;

/// The end of a rollout, after the last tenant has moved: the revert window passes, backfills are
/// checked, old arms are stopped and then the old shape is removed.
///
/// Safety (I2): a store is contracted only after the arm of the release that reads the old shape
/// was stopped in every cell that serves one of the store's tenants, so nobody runs it; and from
/// the first contract intent on, a revert of those tenants is refused.
record ClosingDecision(RolloutState state, Moment moment) {
  static Decision decide(RolloutState state, Moment moment) {
    return new ClosingDecision(state, moment).next();
  }

  private Decision next() {
    return gate().or(this::checkBackfills).or(this::retire).or(this::contract).orElseGet(this::end);
  }

  private Optional<Decision> gate() {
    Plan plan = state.plan();
    if (plan.retirements().isEmpty() && !plan.hasContract()) {
      return Optional.empty();
    }
    ContractPolicy policy = plan.contract();
    Optional<Instant> windowEnds = state.lastSettledAt().map(at -> at.plus(policy.revertWindow()));
    if (windowEnds.isPresent() && moment.now().isBefore(windowEnds.get())) {
      return Optional.of(new Decision.Hold(Holds.revertWindow(state, windowEnds.get())));
    }
    if (policy.approval().isPresent() && state.approvedBy("contract").isEmpty()) {
      return Optional.of(
          new Decision.Hold(Holds.approval("contract", policy.approval().get(), state)));
    }
    return Optional.empty();
  }

  private List<Move> unresolved() {
    return state.plan().moves().stream().filter(m -> !state.isSettled(m.tenant())).toList();
  }

  private Set<CellId> cellsInUse() {
    return unresolved().stream().map(Move::cell).collect(Collectors.toSet());
  }

  private List<StorePlan> contractable() {
    Set<CellId> inUse = cellsInUse();
    Set<StoreId> heldStores =
        state.plan().moves().stream()
            .filter(m -> inUse.contains(m.cell()))
            .flatMap(m -> m.stores().stream())
            .collect(Collectors.toSet());
    return state.plan().stores().stream()
        .filter(s -> !s.contract().isEmpty() && !heldStores.contains(s.store()))
        .toList();
  }

  private Optional<Decision> checkBackfills() {
    List<List<Step>> chains = new ArrayList<>();
    for (StorePlan store : contractable()) {
      chains.add(
          store.preparation().migrations().stream()
              .filter(m -> m.phase() == SchemaPhase.BACKFILL)
              .<Step>map(m -> new Step.CheckBackfill(store.store(), m.version()))
              .toList());
    }
    return advance(chains);
  }

  private Optional<Decision> retire() {
    Set<CellId> inUse = cellsInUse();
    List<List<Step>> chains =
        state.plan().retirements().stream()
            .filter(r -> !inUse.contains(r.cell()))
            .filter(r -> state.arms().isUp(r.cell(), r.release(), true))
            .map(r -> List.<Step>of(state.arms().retirement(r.cell(), r.release())))
            .toList();
    return advance(chains);
  }

  private Optional<Decision> contract() {
    List<List<Step>> chains = new ArrayList<>();
    for (StorePlan store : contractable()) {
      chains.add(
          store.contract().stream()
              .<Step>map(m -> new Step.Migrate(store.store(), m.version(), m.phase()))
              .toList());
    }
    return advance(chains);
  }

  private Optional<Decision> advance(List<List<Step>> chains) {
    List<Advance> advances = new ArrayList<>();
    for (List<Step> chain : chains) {
      Advance advance = Advance.of(chain, state, moment, Advance.Patience.BOUNDED);
      if (advance instanceof Advance.Broken(var step, var problem)) {
        var gaveUp = new RolloutProblem.StepGaveUp(step.id().value(), problem.what());
        // Nothing is taken back here: traffic is healthy, only the clean-up failed.
        return Optional.of(
            new Decision.Conclude(List.of(new Event.Halted(RecordedProblem.of(gaveUp)))));
      }
      advances.add(advance);
    }
    return Advance.decide(advances, state);
  }

  private Decision end() {
    int unresolved = unresolved().size();
    return unresolved == 0
        ? new Decision.Conclude(List.of(new Event.Finished(Event.Ending.DONE)))
        : new Decision.Hold(Holds.unresolved(unresolved, state));
  }
}
