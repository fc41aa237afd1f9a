package tranche.core.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tranche.core.fleet.CellId;

/// The end that a person asked for: tenants that have moved stay, tenants in the middle of a switch
/// go back, arms that nobody uses are stopped, and nothing irreversible happens. So every tenant is
/// on the release that the ledger names, and the next plan finds nothing half done.
record CancelDecision(RolloutState state, Moment moment) {
  static Decision decide(RolloutState state, Moment moment) {
    return new CancelDecision(state, moment).next();
  }

  private Decision next() {
    Optional<Step> forward =
        moment.running().stream()
            .map(id -> state.progress(id).map(StepProgress::step))
            .flatMap(Optional::stream)
            .filter(step -> !isCleaningUp(step))
            .findFirst();
    if (forward.isPresent()) {
      return new Decision.Hold(Holds.performing(forward.get(), state));
    }
    return giveBackHalfMoved()
        .or(this::stopUnusedArms)
        .orElseGet(
            () -> new Decision.Conclude(List.of(new Event.Finished(Event.Ending.CANCELLED))));
  }

  private static boolean isCleaningUp(Step step) {
    return step instanceof Step.Return || step instanceof Step.Retire;
  }

  private Optional<Decision> giveBackHalfMoved() {
    List<Advance> chains = new ArrayList<>();
    for (PlannedTranche tranche : state.plan().tranches()) {
      for (Batch batch : state.batches(tranche)) {
        List<Move> halfMoved =
            batch.moves().stream()
                .filter(m -> state.belongsTo(m.tenant(), batch))
                .filter(m -> state.hasMoved(m.tenant()) && !state.isSettled(m.tenant()))
                .toList();
        if (!halfMoved.isEmpty()) {
          Step back = new Step.Return("cancel/" + batch.id(), halfMoved);
          chains.add(Advance.of(List.of(back), state, moment, Advance.Patience.ENDLESS));
        }
      }
    }
    return Advance.decide(chains, state);
  }

  private Optional<Decision> stopUnusedArms() {
    Set<CellId> withMoved =
        cells(state.plan().moves().stream().filter(m -> state.isSettled(m.tenant())).toList());
    Set<CellId> withStaying =
        cells(state.plan().moves().stream().filter(m -> !state.isSettled(m.tenant())).toList());
    List<Retirement> unused = new ArrayList<>();
    cells(state.plan().moves()).stream()
        .filter(c -> !withMoved.contains(c))
        .filter(c -> state.arms().isUp(c, state.plan().to(), false))
        .forEach(c -> unused.add(new Retirement(c, state.plan().to())));
    state.plan().retirements().stream()
        .filter(r -> !withStaying.contains(r.cell()))
        .filter(r -> state.arms().isUp(r.cell(), r.release(), true))
        .forEach(unused::add);
    return Advance.decide(
        unused.stream()
            .map(r -> state.arms().retirement(r.cell(), r.release()))
            .map(s -> Advance.of(List.of(s), state, moment, Advance.Patience.ENDLESS))
            .toList(),
        state);
  }

  private static Set<CellId> cells(List<Move> moves) {
    return moves.stream().map(Move::cell).collect(Collectors.toCollection(java.util.TreeSet::new));
  }
}
