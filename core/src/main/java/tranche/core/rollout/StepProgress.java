package tranche.core.rollout;

import java.time.Duration;
import java.time.Instant;
import tranche.core.problem.RecordedProblem;

/// How far a step is: the last thing the journal says of it, in which attempt, and when.
public record StepProgress(Step step, int attempt, Instant at, Status status) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int PAUSES_DOUBLED = 5;

  /// What the journal says of a step.
  public sealed interface Status {
    /// It was about to be performed; whether it was is not known until it is performed again.
    record Intended() implements Status {}

    /// It was performed.
    record Performed(StepOutcome outcome) implements Status {}

    /// It was not performed.
    record Failed(RecordedProblem problem, Event.Again again) implements Status {}
  }

  /// When another attempt is due after a failure: half a second, doubled with each attempt up to
  /// sixteen seconds.
  public Instant nextAttemptAt() {
    int doublings = Math.min(attempt - 1, PAUSES_DOUBLED);
    return at.plus(FIRST_PAUSE.multipliedBy(1L << doublings));
  }
}
