package tranche.server.event;

import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.EventJson.Detail;
import tranche.core.fleet.TenantId;
import tranche.core.judge.ArmCounts;
import tranche.core.judge.Verdict;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.Narration;
import tranche.core.rollout.StepId;
import tranche.core.rollout.StepOutcome;

/// How an entry of the journal looks on the wire.
public final class EventWords {
  private EventWords() {}

  /// The entry as sent.
  public static EventJson of(JournalEntry entry) {
    return new EventJson(
        entry.seq(),
        entry.rollout().value(),
        entry.at(),
        entry.epoch(),
        type(entry.event()),
        Narration.of(entry.event()),
        detail(entry.event()));
  }

  /// The kind of an event, in kebab case.
  static String type(Event event) {
    return switch (event) {
      case Event.Started _ -> "started";
      case Event.Intended _ -> "intended";
      case Event.Performed _ -> "performed";
      case Event.StepFailed _ -> "step-failed";
      case Event.TenantFailed _ -> "tenant-failed";
      case Event.Approved _ -> "approved";
      case Event.Paused _ -> "paused";
      case Event.Resumed _ -> "resumed";
      case Event.Halted _ -> "halted";
      case Event.RetryRequested _ -> "retry-requested";
      case Event.RevertRequested _ -> "revert-requested";
      case Event.RevertEnded _ -> "revert-ended";
      case Event.Cancelled _ -> "cancelled";
      case Event.Finished _ -> "finished";
    };
  }

  private static Detail detail(Event event) {
    DetailBuilder detail = new DetailBuilder();
    return switch (event) {
      case Event.Started(var plan, var by) -> detail.plan(plan).by(by).build();
      case Event.Intended(var step, var attempt) -> step(step.id()).attempt(attempt).build();
      case Event.Performed(var step, var outcome) -> outcome(step(step), outcome).build();
      case Event.StepFailed(var step, var problem, var again) ->
          step(step).problem(RecordedJson.of(problem)).again(again == Event.Again.LATER).build();
      case Event.TenantFailed(var tenant, var problem) ->
          detail.tenant(tenant.value()).problem(RecordedJson.of(problem)).build();
      case Event.Approved(var subject, var by) -> detail.subject(subject).by(by).build();
      case Event.Paused(var by, var reason) -> detail.by(by).reason(reason).build();
      case Event.Resumed(var by) -> detail.by(by).build();
      case Event.Halted(var problem) -> detail.problem(RecordedJson.of(problem)).build();
      case Event.RetryRequested(var tenants, var by) -> detail.tenants(ids(tenants)).by(by).build();
      case Event.RevertRequested(var tenants, var by, var reason) ->
          detail.tenants(ids(tenants)).by(by).reason(reason).build();
      case Event.RevertEnded(var tenants) -> detail.count(tenants).build();
      case Event.Cancelled(var by, var reason) -> detail.by(by).reason(reason).build();
      case Event.Finished(var ending) -> detail.ending(ending.word()).build();
    };
  }

  /// A step's id is its kind, a slash, and what it acts on.
  private static DetailBuilder step(StepId step) {
    String id = step.value();
    int slash = id.indexOf('/');
    DetailBuilder detail = new DetailBuilder().step(id);
    return slash < 0
        ? detail
        : detail.kind(id.substring(0, slash)).subject(id.substring(slash + 1));
  }

  private static DetailBuilder outcome(DetailBuilder detail, StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Done _ -> detail;
      case StepOutcome.Baking(var until, _) -> detail.until(until);
      case StepOutcome.Judged(var verdict) -> detail.verdict(verdict(verdict));
      case StepOutcome.Except(var failed, _) ->
          detail.tenants(ids(failed.keySet().stream().sorted().toList()));
    };
  }

  private static List<String> ids(List<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).toList();
  }

  private static EventJson.VerdictJson verdict(Verdict verdict) {
    String word =
        switch (verdict) {
          case Verdict.Healthy _ -> "healthy";
          case Verdict.Unhealthy _ -> "unhealthy";
          case Verdict.Inconclusive _ -> "inconclusive";
        };
    Optional<String> missing = verdict.evidence().missing();
    return new EventJson.VerdictJson(
        word,
        verdict.summary(),
        counts(verdict.evidence().baseline()),
        counts(verdict.evidence().candidate()),
        missing);
  }

  private static EventJson.Counts counts(ArmCounts counts) {
    return new EventJson.Counts(counts.requests(), counts.errors());
  }
}
