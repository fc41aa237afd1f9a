package tranche.core.rollout;

import java.time.Instant;
import java.util.Set;

/// The part of the world that a decision looks at besides plan and state: the time, and the steps
/// that this process is performing just now.
public record Moment(Instant now, Set<StepId> running) {
  public Moment {
    running = Set.copyOf(running);
  }
}
