package tranche.core.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.problem.RecordedProblem;

/// How a chain of steps, each needing the one before, can go on.
sealed interface Advance {
  /// How many attempts a step gets when the cause of its failure can pass.
  int ATTEMPTS = 5;

  /// This step is next.
  record Next(Step step) implements Advance {}

  /// This step is being performed.
  record Running(Step step) implements Advance {}

  /// This step failed and is tried again at that time.
  record Later(Step step, Instant at, RecordedProblem problem) implements Advance {}

  /// This step failed for good.
  record Broken(Step step, RecordedProblem problem) implements Advance {}

  /// All steps were performed.
  record Complete() implements Advance {}

  /// Whether a chain gives up after some attempts.
  enum Patience {
    BOUNDED,
    ENDLESS
  }

  /// Where the chain stands. A step that was intended, but is not being performed by this process,
  /// is next: its performer died, or its outcome is unknown, and steps are idempotent.
  static Advance of(
      List<? extends Step> chain, RolloutState state, Moment moment, Patience patience) {
    for (Step step : chain) {
      Optional<StepProgress> progress = state.progress(step.id());
      if (moment.running().contains(step.id())) {
        return new Running(step);
      }
      if (progress.isEmpty()) {
        return new Next(step);
      }
      switch (progress.get().status()) {
        case StepProgress.Status.Performed _ -> {}
        case StepProgress.Status.Intended _ -> {
          return new Next(step);
        }
        case StepProgress.Status.Failed failed -> {
          return afterFailure(step, progress.get(), failed, moment, patience);
        }
      }
    }
    return new Complete();
  }

  private static Advance afterFailure(
      Step step,
      StepProgress progress,
      StepProgress.Status.Failed failed,
      Moment moment,
      Patience patience) {
    boolean givesUp =
        patience == Patience.BOUNDED
            && (failed.again() == Event.Again.NO || progress.attempt() >= ATTEMPTS);
    if (givesUp) {
      return new Broken(step, failed.problem());
    }
    Instant due = progress.nextAttemptAt();
    return moment.now().isBefore(due) ? new Later(step, due, failed.problem()) : new Next(step);
  }

  /// One decision for chains that may go on beside each other; empty when all are complete or
  /// broken.
  static Optional<Decision> decide(List<Advance> chains, RolloutState state) {
    List<Step> next = new ArrayList<>();
    Optional<Running> running = Optional.empty();
    Optional<Later> later = Optional.empty();
    for (Advance chain : chains) {
      switch (chain) {
        case Next(var step) -> next.add(step);
        case Running r -> running = Optional.of(r);
        case Later l -> later = later.filter(x -> x.at().isBefore(l.at())).or(() -> Optional.of(l));
        case Broken _, Complete _ -> {}
      }
    }
    if (!next.isEmpty()) {
      return Optional.of(new Decision.Act(next.stream().distinct().toList()));
    }
    if (later.isPresent()) {
      return Optional.of(new Decision.Hold(Holds.tryingAgain(later.get(), state)));
    }
    return running.map(r -> new Decision.Hold(Holds.performing(r.step(), state)));
  }
}
