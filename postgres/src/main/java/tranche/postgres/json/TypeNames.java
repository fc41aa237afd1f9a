package tranche.postgres.json;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import tranche.core.judge.Verdict;
import tranche.core.policy.Strategy;
import tranche.core.rollout.Event;
import tranche.core.rollout.Step;
import tranche.core.rollout.StepOutcome;

/// The names under which the cases of sealed families are stored, in the field `type`.
///
/// They are part of the stored format: a class may be renamed, its name here may not. A case that
/// is not listed cannot be stored.
final class TypeNames {
  private static final Map<Class<?>, String> EVENTS =
      Map.ofEntries(
          entry(Event.Started.class, "started"),
          entry(Event.Intended.class, "intended"),
          entry(Event.Performed.class, "performed"),
          entry(Event.StepFailed.class, "step-failed"),
          entry(Event.TenantFailed.class, "tenant-failed"),
          entry(Event.Approved.class, "approved"),
          entry(Event.Paused.class, "paused"),
          entry(Event.Resumed.class, "resumed"),
          entry(Event.Halted.class, "halted"),
          entry(Event.RetryRequested.class, "retry-requested"),
          entry(Event.RevertRequested.class, "revert-requested"),
          entry(Event.RevertEnded.class, "revert-ended"),
          entry(Event.Cancelled.class, "cancelled"),
          entry(Event.Finished.class, "finished"));

  private static final Map<Class<?>, String> STEPS =
      Map.ofEntries(
          entry(Step.Provision.class, "provision"),
          entry(Step.Preflight.class, "preflight"),
          entry(Step.Backup.class, "backup"),
          entry(Step.Migrate.class, "migrate"),
          entry(Step.CheckBackfill.class, "check-backfill"),
          entry(Step.Deploy.class, "deploy"),
          entry(Step.Retire.class, "retire"),
          entry(Step.Verify.class, "verify"),
          entry(Step.Shift.class, "shift"),
          entry(Step.Bake.class, "bake"),
          entry(Step.Look.class, "look"),
          entry(Step.Settle.class, "settle"),
          entry(Step.Return.class, "return"),
          entry(Step.SettleReturned.class, "settle-returned"));

  private static final Map<Class<?>, String> OUTCOMES =
      Map.of(
          StepOutcome.Done.class, "done",
          StepOutcome.Baking.class, "baking",
          StepOutcome.Judged.class, "judged",
          StepOutcome.Except.class, "except");

  private static final Map<Class<?>, String> VERDICTS =
      Map.of(
          Verdict.Healthy.class, "healthy",
          Verdict.Unhealthy.class, "unhealthy",
          Verdict.Inconclusive.class, "inconclusive");

  private static final Map<Class<?>, String> STRATEGIES =
      Map.of(
          Strategy.Canary.class, "canary",
          Strategy.BlueGreen.class, "blue-green",
          Strategy.Individual.class, "individual");

  private TypeNames() {}

  /// A sealed interface and the names of its cases.
  record Family(Class<?> type, Map<Class<?>, String> names) {}

  /// All families that are stored.
  static List<Family> families() {
    return List.of(
        new Family(Event.class, EVENTS),
        new Family(Step.class, STEPS),
        new Family(StepOutcome.class, OUTCOMES),
        new Family(Verdict.class, VERDICTS),
        new Family(Strategy.class, STRATEGIES));
  }
}
