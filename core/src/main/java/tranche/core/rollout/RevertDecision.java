package tranche.core.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tranche.core.fleet.CellId;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;

/// Takes tenants back, in the reverse order of moving, only those that moved, each batch verified
/// before the next (I7). Patience is endless: a revert reaches everybody or keeps saying whom it
/// has not reached.
record RevertDecision(RolloutState state, RolloutState.ActiveRevert revert, Moment moment) {
  static Decision decide(RolloutState state, RolloutState.ActiveRevert revert, Moment moment) {
    return new RevertDecision(state, revert, moment).next();
  }

  private Decision next() {
    if (!moment.running().isEmpty() && stillMovingForward()) {
      StepId any = moment.running().iterator().next();
      return new Decision.Hold(Holds.performing(state.progress(any).orElseThrow().step(), state));
    }
    List<Batch> backwards = new ArrayList<>();
    state.plan().tranches().forEach(t -> backwards.addAll(state.batches(t)));
    Collections.reverse(backwards);
    for (Batch batch : backwards) {
      Optional<Decision> decision = takeBack(batch);
      if (decision.isPresent()) {
        return decision.get();
      }
    }
    return retireUnused().orElseGet(this::end);
  }

  /// Steps of the way forward that are being performed must end first: one of them could shift
  /// traffic after it was given back.
  private boolean stillMovingForward() {
    return moment.running().stream()
        .map(id -> state.progress(id).map(StepProgress::step))
        .flatMap(Optional::stream)
        .anyMatch(step -> !isOfThisRevert(step));
  }

  private static boolean isOfThisRevert(Step step) {
    return switch (step.kind()) {
      case RETURN, VERIFY_RETURNED, SETTLE_RETURNED -> true;
      case DEPLOY -> step.subject().contains("#");
      case PROVISION,
          PREFLIGHT,
          BACKUP,
          EXPAND,
          BACKFILL,
          VERIFY_BEFORE,
          SHIFT,
          BAKE,
          JUDGE,
          VERIFY_AFTER,
          SETTLE,
          CHECK_BACKFILL,
          RETIRE,
          CONTRACT ->
          false;
    };
  }

  private String occasion(String rest) {
    return "#" + revert.number() + rest;
  }

  private Optional<Decision> takeBack(Batch batch) {
    List<Move> moves =
        batch.moves().stream()
            .filter(m -> revert.tenants().contains(m.tenant()))
            .filter(m -> state.belongsTo(m.tenant(), batch))
            .toList();
    if (moves.isEmpty()) {
      return Optional.empty();
    }
    String occasion = occasion("/" + batch.id());
    List<Advance> arms =
        missingBaselines(moves).stream()
            .map(d -> Advance.of(List.of(d), state, moment, Advance.Patience.ENDLESS))
            .toList();
    Optional<Decision> armsFirst = Advance.decide(arms, state);
    if (armsFirst.isPresent()) {
      return armsFirst;
    }
    List<Step> chain = new ArrayList<>();
    chain.add(new Step.Return(occasion, moves));
    chain.addAll(verifications(occasion, moves));
    chain.add(new Step.SettleReturned(occasion, moves));
    return Advance.decide(
        List.of(Advance.of(chain, state, moment, Advance.Patience.ENDLESS)), state);
  }

  /// The old arm is kept until contract; if it was retired already it has to come back first.
  private Set<Step> missingBaselines(List<Move> moves) {
    Set<Step> deploys = new java.util.LinkedHashSet<>();
    for (Move move : moves) {
      move.from()
          .filter(from -> state.arms().wasEverRetiring(move.cell(), from))
          .ifPresent(from -> deploys.add(new Step.Deploy(move.cell(), from, occasion(""))));
    }
    return deploys;
  }

  private List<Step> verifications(String occasion, List<Move> moves) {
    return moves.stream()
        .flatMap(m -> m.from().stream())
        .distinct()
        .map(from ->
            (Step)
                new Step.Verify(
                    StepKind.VERIFY_RETURNED, occasion + "@" + from, from, sample(moves, from)))
        .toList();
  }

  private static List<TenantId> sample(List<Move> moves, ReleaseId from) {
    return moves.stream()
        .filter(m -> m.from().equals(Optional.of(from)))
        .map(Move::tenant)
        .limit(5)
        .toList();
  }

  private Optional<Decision> retireUnused() {
    TreeSet<CellId> cells =
        state.plan().moves().stream()
            .filter(m -> revert.isWhole() || revert.tenants().contains(m.tenant()))
            .map(Move::cell)
            .filter(this::hasCandidate)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Advance> chains =
        cells.stream()
            .filter(this::isUnused)
            .map(c -> state.arms().retirement(c, state.plan().to()))
            .map(s -> Advance.of(List.of(s), state, moment, Advance.Patience.ENDLESS))
            .toList();
    return Advance.decide(chains, state);
  }

  private boolean hasCandidate(CellId cell) {
    return state.arms().isUp(cell, state.plan().to(), false);
  }

  private boolean isUnused(CellId cell) {
    return state.plan().moves().stream()
        .filter(m -> m.cell().equals(cell))
        .noneMatch(m -> state.hasMoved(m.tenant()));
  }

  private Decision end() {
    List<Event> events = new ArrayList<>();
    events.add(new Event.RevertEnded(revert.tenants().size()));
    if (revert.isWhole()) {
      events.add(new Event.Finished(Event.Ending.REVERTED));
    }
    return new Decision.Conclude(events);
  }
}
