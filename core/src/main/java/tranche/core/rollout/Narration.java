package tranche.core.rollout;

import java.util.List;
import tranche.core.fleet.TenantId;

/// One sentence for each event, the same in CLI, API and log.
public final class Narration {
  private static final int NAMES = 3;

  private Narration() {}

  /// What the event says.
  public static String of(Event event) {
    return switch (event) {
      case Event.Started(var plan, var by) -> "started by " + by + ", plan " + plan;
      case Event.Intended(var step, var attempt) ->
          step.id() + (attempt > 1 ? " begins, attempt " + attempt : " begins");
      case Event.Performed(var step, var outcome) -> step + ": " + of(outcome);
      case Event.StepFailed(var step, var problem, var again) ->
          step + " failed: " + problem.what() + (again == Event.Again.LATER ? "; again later" : "");
      case Event.TenantFailed(var tenant, var problem) ->
          tenant + " is in quarantine: " + problem.what();
      case Event.Approved(var subject, var by) -> subject + " approved by " + by;
      case Event.Paused(var by, var reason) -> "paused by " + by + ": " + reason;
      case Event.Resumed(var by) -> "resumed by " + by;
      case Event.Halted(var problem) -> "halted: " + problem.what();
      case Event.RetryRequested(var tenants, var by) ->
          "retry of " + some(tenants, "all failed tenants") + " asked for by " + by;
      case Event.RevertRequested(var tenants, var by, var reason) ->
          "revert of " + some(tenants, "all tenants") + " asked for by " + by + ": " + reason;
      case Event.RevertEnded(var tenants) -> tenants + " tenants are back";
      case Event.Cancelled(var by, var reason) -> "cancelled by " + by + ": " + reason;
      case Event.Finished(var ending) -> "ended: " + ending.word();
    };
  }

  private static String of(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Done(var note) -> note;
      case StepOutcome.Baking(var until, _) -> "bakes until " + until;
      case StepOutcome.Judged(var verdict) ->
          switch (verdict) {
            case tranche.core.judge.Verdict.Healthy v -> "healthy, " + v.summary();
            case tranche.core.judge.Verdict.Unhealthy v -> "unhealthy, " + v.summary();
            case tranche.core.judge.Verdict.Inconclusive v -> "inconclusive, " + v.summary();
          };
      case StepOutcome.Except(var failed, var note) ->
          note + ", failed: " + some(List.copyOf(failed.keySet()), "none");
    };
  }

  private static String some(List<TenantId> tenants, String ifEmpty) {
    if (tenants.isEmpty()) {
      return ifEmpty;
    }
    String names =
        String.join(", ", tenants.stream().limit(NAMES).map(TenantId::value).sorted().toList());
    int more = tenants.size() - NAMES;
    return more > 0 ? names + " and " + more + " more" : names;
  }
}
