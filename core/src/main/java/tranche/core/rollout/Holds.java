package tranche.core.rollout;

import java.time.Instant;
import java.util.Optional;

/// The sentences in which waiting is explained, in one place so that they stay one language.
final class Holds {
  private Holds() {}

  static HoldReason performing(Step step, RolloutState state) {
    return now("performing", "performing " + step.id(), state, "the engine");
  }

  static HoldReason tryingAgain(Advance.Later later, RolloutState state) {
    return until(
        "trying-again",
        later.step().id() + " failed (" + later.problem().what() + "); it is tried again",
        state,
        later.at());
  }

  static HoldReason paused(Event.Paused pause, RolloutState state) {
    return now(
        "paused",
        "paused by " + pause.by() + ": " + pause.reason(),
        state,
        "anyone, by `tranche rollout resume`");
  }

  static HoldReason halted(String what, RolloutState state) {
    return now(
        "halted",
        "halted: " + what,
        state,
        "an operator, by `tranche rollout revert`, `retry` or `cancel`");
  }

  static HoldReason approval(String subject, String who, RolloutState state) {
    return now(
        "approval", subject + " needs an approval", state, who + ", by `tranche rollout approve`");
  }

  static HoldReason baking(String what, RolloutState state, Instant until) {
    return until("baking", what, state, until);
  }

  static HoldReason noVerdict(String what, RolloutState state, Instant until) {
    return until("no-verdict", "no verdict yet: " + what, state, until);
  }

  static HoldReason revertWindow(RolloutState state, Instant until) {
    return until(
        "revert-window", "old arms and the old shape are kept for the revert window", state, until);
  }

  static HoldReason unresolved(int tenants, RolloutState state) {
    return now(
        "unresolved-tenants",
        tenants
            + (tenants == 1 ? " tenant is" : " tenants are")
            + " failed or taken back, so old"
            + " arms and the old shape stay for them",
        state,
        "an operator, by `tranche rollout retry` or `cancel`");
  }

  private static HoldReason now(String code, String what, RolloutState state, String who) {
    return new HoldReason(code, what, state.since(), Optional.empty(), who);
  }

  private static HoldReason until(String code, String what, RolloutState state, Instant until) {
    return new HoldReason(code, what, state.since(), Optional.of(until), "time");
  }
}
