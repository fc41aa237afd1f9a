package tranche.core.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.TenantId;
import tranche.core.judge.Criteria;
import tranche.core.judge.Verdict;

/// A bake and the looks at it: nothing changes for a time, then the judge must find the traffic
/// healthy. Inconclusive holds (I5); a bake whose counters were lost begins again.
record BakeDecision(
    PlannedTranche tranche, Batch batch, RolloutState state, Moment moment, List<Move> moves) {
  /// No gate waits for ever in silence, but rounds are bounded all the same.
  private static final int ROUNDS = 100;

  Optional<Decision> decide(BatchId what, int weight, Duration time) {
    boolean isJudged = tranche.gates().verdict().isPresent();
    if (time.isZero() && !isJudged) {
      return Optional.empty();
    }
    for (int round = 1; round <= ROUNDS; round++) {
      Step.BakeAt at = new Step.BakeAt(what, weight, round);
      Round outcome = round(at, time);
      switch (outcome) {
        case Round.Passed _ -> {
          return Optional.empty();
        }
        case Round.Undecided(var decision) -> {
          return Optional.of(decision);
        }
        case Round.Lost _ -> {}
      }
    }
    throw new IllegalStateException("counters were lost in " + ROUNDS + " bakes of " + what);
  }

  /// How one round ended.
  private sealed interface Round {
    record Passed() implements Round {}

    record Undecided(Decision decision) implements Round {}

    record Lost() implements Round {}
  }

  private Round round(Step.BakeAt at, Duration time) {
    Step.Bake bake = new Step.Bake(at, time, tenants());
    Optional<Decision> waiting =
        BatchDecision.advance(List.of(bake), Advance.Patience.ENDLESS, batch, state, moment);
    if (waiting.isPresent()) {
      return new Round.Undecided(waiting.get());
    }
    if (!(outcome(bake.id()).orElseThrow() instanceof StepOutcome.Baking(var until, var mark))) {
      throw new IllegalStateException("a bake ends with a mark: " + bake.id());
    }
    if (moment.now().isBefore(until)) {
      String what = "tranche " + tranche.name() + " bakes at " + at.weight() + " %";
      return new Round.Undecided(new Decision.Hold(Holds.baking(what, state, until)));
    }
    Instant begin = until.minus(time);
    return tranche
        .gates()
        .verdict()
        .map(c -> look(at, begin, mark, c))
        .orElseGet(Round.Passed::new);
  }

  private Round look(Step.BakeAt at, Instant begin, TrafficMark mark, Criteria criteria) {
    Criteria scaled = BatchDecision.at(criteria, at.weight());
    int look = 1;
    while (true) {
      Step.Look step = new Step.Look(at, look, scaled, mark, tenants());
      Optional<Decision> waiting =
          BatchDecision.advance(List.of(step), Advance.Patience.ENDLESS, batch, state, moment);
      if (waiting.isPresent()) {
        return new Round.Undecided(waiting.get());
      }
      Optional<Round> end = afterLook(step, begin);
      if (end.isPresent()) {
        return end.get();
      }
      look++;
    }
  }

  private Optional<Round> afterLook(Step.Look step, Instant begin) {
    if (!(outcome(step.id()).orElseThrow() instanceof StepOutcome.Judged(var verdict))) {
      throw new IllegalStateException("a look ends with a verdict: " + step.id());
    }
    return switch (verdict) {
      case Verdict.Healthy _ -> Optional.of(new Round.Passed());
      case Verdict.Unhealthy _ ->
          Optional.of(new Round.Undecided(BatchDecision.worse(tranche, batch, verdict)));
      case Verdict.Inconclusive inconclusive -> afterInconclusive(step, begin, inconclusive);
    };
  }

  private Optional<Round> afterInconclusive(
      Step.Look step, Instant begin, Verdict.Inconclusive verdict) {
    if (verdict.evidence().missing().isPresent()) {
      return Optional.of(new Round.Lost());
    }
    Instant last = state.progress(step.id()).orElseThrow().at();
    long seen = verdict.evidence().candidate().requests();
    Duration pause =
        LookPause.before(step.look(), Duration.between(begin, last), seen, step.criteria());
    Instant next = last.plus(pause);
    return moment.now().isBefore(next)
        ? Optional.of(
            new Round.Undecided(new Decision.Hold(Holds.noVerdict(verdict.summary(), state, next))))
        : Optional.empty();
  }

  private Optional<StepOutcome> outcome(StepId id) {
    return state
        .progress(id)
        .map(StepProgress::status)
        .filter(s -> s instanceof StepProgress.Status.Performed)
        .map(s -> ((StepProgress.Status.Performed) s).outcome());
  }

  private List<TenantId> tenants() {
    return moves.stream().map(Move::tenant).toList();
  }
}
