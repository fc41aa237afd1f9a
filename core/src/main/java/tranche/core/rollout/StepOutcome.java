package tranche.core.rollout;

import java.time.Instant;
import java.util.Map;
import tranche.core.fleet.TenantId;
import tranche.core.judge.Verdict;
import tranche.core.problem.RecordedProblem;

/// What performing a step brought.
public sealed interface StepOutcome {
  /// It is done; `note` says what was seen, for the journal.
  record Done(String note) implements StepOutcome {}

  /// A bake has begun and lasts until then.
  record Baking(Instant until, TrafficMark mark) implements StepOutcome {}

  /// The verdict on a batch at a weight.
  record Judged(Verdict verdict) implements StepOutcome {}

  /// It is done, except for these tenants.
  record Except(Map<TenantId, RecordedProblem> failed, String note) implements StepOutcome {
    public Except {
      failed = Map.copyOf(failed);
    }
  }
}
