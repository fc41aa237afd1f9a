package tranche.core.rollout;

import java.util.List;
import tranche.core.fleet.TenantId;
import tranche.core.problem.RecordedProblem;

/// What the journal records of a rollout. The rollout's state is these, folded.
public sealed interface Event {
  /// The plan was started.
  record Started(String plan, String by) implements Event {}

  /// A step is about to be performed.
  record Intended(Step step, int attempt) implements Event {}

  /// A step was performed.
  record Performed(StepId step, StepOutcome outcome) implements Event {}

  /// A step was not performed; `again` says whether trying later can help.
  record StepFailed(StepId step, RecordedProblem problem, Again again) implements Event {}

  /// A tenant is quarantined: it moves no further until someone asks to retry.
  record TenantFailed(TenantId tenant, RecordedProblem problem) implements Event {}

  /// A person approved a gate: `tranche 4` or `contract`.
  record Approved(String subject, String by) implements Event {}

  /// A person stopped the rollout.
  record Paused(String by, String reason) implements Event {}

  /// A person let it go on.
  record Resumed(String by) implements Event {}

  /// The engine stopped; a decision is needed.
  record Halted(RecordedProblem problem) implements Event {}

  /// A person asks to try again: these tenants, or all failed ones if the list is empty. Also ends
  /// a halt.
  record RetryRequested(List<TenantId> tenants, String by) implements Event {
    public RetryRequested {
      tenants = List.copyOf(tenants);
    }
  }

  /// Take back these tenants, or the whole rollout if the list is empty.
  record RevertRequested(List<TenantId> tenants, String by, String reason) implements Event {
    public RevertRequested {
      tenants = List.copyOf(tenants);
    }
  }

  /// All tenants of the current revert are back.
  record RevertEnded(int tenants) implements Event {}

  /// A person ends the rollout: who has moved stays, who is half-way goes back.
  record Cancelled(String by, String reason) implements Event {}

  /// The rollout is over.
  record Finished(Ending ending) implements Event {}

  /// Whether a failed step is worth another attempt.
  enum Again {
    /// The cause can pass, for instance a lock time-out.
    LATER,
    /// It would fail the same way.
    NO
  }

  /// How a rollout ends.
  enum Ending {
    DONE,
    REVERTED,
    CANCELLED;

    /// The word used in output and on the wire.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
