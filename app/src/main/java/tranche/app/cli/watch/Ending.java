package tranche.app.cli.watch;

import tranche.api.rollout.RolloutJson;

/// How watching ended.
public record Ending(How how, RolloutJson rollout) {
  /// The reasons to stop watching.
  public enum How {
    /// The rollout reached every tenant that it should.
    DONE,
    /// It was taken back or cancelled.
    ENDED_OTHERWISE,
    /// It halted and needs a decision.
    HALTED,
    /// It waits for an approval, and that is what was waited for.
    AT_GATE,
    /// The time was over before.
    TIMED_OUT
  }
}
