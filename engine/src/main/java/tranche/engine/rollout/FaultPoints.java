package tranche.engine.rollout;

import tranche.core.rollout.StepKind;

/// The places around a step where the process may die, so that a test can make it die there. The
/// engine calls it; in production nothing happens.
@FunctionalInterface
public interface FaultPoints {
  /// Nothing happens.
  FaultPoints NONE = (_, _) -> {};

  /// Where in the life of a step.
  enum Point {
    /// The intent is durable, the effect has not begun.
    AFTER_INTENT,
    /// The effect has happened, the outcome is not durable.
    AFTER_EFFECT,
    /// The outcome is durable.
    AFTER_OUTCOME;

    /// The word used to name the point.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /// Called at each point of each step.
  void reached(StepKind kind, Point point);
}
