package tranche.core.rollout;

import java.util.List;

/// What to do now.
public sealed interface Decision {
  /// Perform these steps; they do not depend on each other.
  record Act(List<Step> steps) implements Decision {
    public Act {
      steps = List.copyOf(steps);
    }
  }

  /// Write this to the journal: a conclusion from what is known.
  record Conclude(List<Event> events) implements Decision {
    public Conclude {
      events = List.copyOf(events);
    }
  }

  /// Nothing to do until something changes, or until the reason's time.
  record Hold(HoldReason reason) implements Decision {}

  /// Nothing to do any more.
  record Rest() implements Decision {}
}
