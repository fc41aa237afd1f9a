package tranche.core.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tranche.core.fleet.TenantId;
import tranche.core.problem.RecordedProblem;

/// What the journal of one rollout amounts to. Built by folding entries in order, and by nothing
/// else, so that every process that reads the journal arrives at the same state (I3).
///
/// Mutable for the sake of large fleets: the engine's loop is the only writer. Readers on other
/// threads take what the loop publishes.
public final class RolloutState {
  private final Plan plan;
  private final Map<TenantId, Move> moves;
  private final Map<StepId, StepProgress> steps = new LinkedHashMap<>();
  private final Map<TenantId, RecordedProblem> failed = new LinkedHashMap<>();
  private final Map<TenantId, Integer> weights = new HashMap<>();
  private final Set<TenantId> settled = new LinkedHashSet<>();
  private final Set<TenantId> returned = new LinkedHashSet<>();
  private final Map<String, String> approvals = new HashMap<>();
  private final Map<Integer, List<Batch>> retries = new HashMap<>();
  private final Map<TenantId, BatchId> retriedIn = new HashMap<>();
  private final ArmHistory arms = new ArmHistory();
  private Optional<Event.Paused> paused = Optional.empty();
  private Optional<RecordedProblem> halted = Optional.empty();
  private Optional<ActiveRevert> revert = Optional.empty();
  private Optional<Event.Cancelled> cancelled = Optional.empty();
  private Optional<Event.Ending> ending = Optional.empty();
  private Optional<Instant> lastSettledAt = Optional.empty();
  private Instant since = Instant.EPOCH;
  private int revertsRequested;

  /// A revert that is under way: these tenants, or the whole rollout.
  public record ActiveRevert(int number, Set<TenantId> tenants, Event.RevertRequested request) {
    public ActiveRevert {
      tenants = Set.copyOf(tenants);
    }

    /// Whether the rollout ends with it.
    public boolean isWhole() {
      return request.tenants().isEmpty();
    }
  }

  /// The state before anything happened.
  public RolloutState(Plan plan) {
    this.plan = plan;
    this.moves = plan.movesByTenant();
  }

  /// Takes in the next entry of the journal.
  public void apply(JournalEntry entry) {
    since = entry.at();
    switch (entry.event()) {
      case Event.Started _ -> {}
      case Event.Intended(var step, var attempt) -> intend(step, attempt, entry.at());
      case Event.Performed(var id, var outcome) -> perform(id, outcome, entry.at());
      case Event.StepFailed(var id, var problem, var again) ->
          progress(id, entry.at(), new StepProgress.Status.Failed(problem, again));
      case Event.TenantFailed(var tenant, var problem) -> failed.put(tenant, problem);
      case Event.Approved(var subject, var by) -> approvals.put(subject, by);
      case Event.Paused pause -> paused = Optional.of(pause);
      case Event.Resumed _ -> paused = Optional.empty();
      case Event.Halted(var problem) -> halted = Optional.of(problem);
      case Event.RetryRequested(var tenants, _) -> retry(tenants);
      case Event.RevertRequested request -> requestRevert(request);
      case Event.RevertEnded _ -> revert = Optional.empty();
      case Event.Cancelled request -> cancelled = Optional.of(request);
      case Event.Finished(var how) -> ending = Optional.of(how);
    }
  }

  private void intend(Step step, int attempt, Instant at) {
    steps.put(step.id(), new StepProgress(step, attempt, at, new StepProgress.Status.Intended()));
    arms.intended(step);
    // Whether an intended shift took effect is unknown until it is performed, so a revert must
    // already count these tenants as moved.
    if (step instanceof Step.Shift shift) {
      shift.moves().forEach(m -> weights.put(m.tenant(), shift.weight()));
    }
  }

  private void progress(StepId id, Instant at, StepProgress.Status status) {
    steps.computeIfPresent(
        id, (_, before) -> new StepProgress(before.step(), before.attempt(), at, status));
  }

  private void perform(StepId id, StepOutcome outcome, Instant at) {
    progress(id, at, new StepProgress.Status.Performed(outcome));
    if (outcome instanceof StepOutcome.Except(var problems, _)) {
      failed.putAll(problems);
    }
    StepProgress progress = steps.get(id);
    if (progress == null) {
      return;
    }
    arms.performed(progress.step());
    if (progress.step() instanceof Step.Settle settle) {
      settle.moves().stream()
          .map(Move::tenant)
          .filter(t -> !failed.containsKey(t))
          .forEach(settled::add);
      lastSettledAt = Optional.of(at);
    } else if (progress.step() instanceof Step.Return back) {
      back.moves().forEach(m -> weights.remove(m.tenant()));
    } else if (progress.step() instanceof Step.SettleReturned back) {
      back.moves().forEach(m -> markReturned(m.tenant()));
    }
  }

  private void markReturned(TenantId tenant) {
    settled.remove(tenant);
    weights.remove(tenant);
    returned.add(tenant);
  }

  private void retry(List<TenantId> asked) {
    halted = Optional.empty();
    steps.values().removeIf(p -> p.status() instanceof StepProgress.Status.Failed);
    forgetUnhealthyBakes();
    List<TenantId> again =
        asked.isEmpty()
            ? List.copyOf(failed.keySet())
            : asked.stream().filter(t -> failed.containsKey(t) || returned.contains(t)).toList();
    again.forEach(failed::remove);
    again.forEach(returned::remove);
    plan.tranches().forEach(tranche -> addRetries(tranche, Set.copyOf(again)));
  }

  private void addRetries(PlannedTranche tranche, Set<TenantId> again) {
    for (Batch batch : tranche.batches()) {
      List<Move> these = batch.moves().stream().filter(m -> again.contains(m.tenant())).toList();
      if (!these.isEmpty()) {
        List<Batch> list = retries.computeIfAbsent(tranche.number(), _ -> new ArrayList<>());
        BatchId id = new BatchId(tranche.number(), "r" + (list.size() + 1));
        list.add(new Batch(id, batch.policy(), these));
        these.forEach(m -> retriedIn.put(m.tenant(), id));
      }
    }
  }

  private void forgetUnhealthyBakes() {
    List<Step.BakeAt> unhealthy = new ArrayList<>();
    for (StepProgress p : steps.values()) {
      if (p.step() instanceof Step.Look look
          && p.status() instanceof StepProgress.Status.Performed(StepOutcome.Judged(var verdict))
          && verdict instanceof tranche.core.judge.Verdict.Unhealthy) {
        unhealthy.add(look.at());
      }
    }
    steps.values().removeIf(p -> unhealthy.stream().anyMatch(at -> concerns(p.step(), at)));
  }

  private static boolean concerns(Step step, Step.BakeAt at) {
    return (step instanceof Step.Bake bake && bake.at().equals(at))
        || (step instanceof Step.Look look && look.at().equals(at));
  }

  private void requestRevert(Event.RevertRequested request) {
    Set<TenantId> scope = new LinkedHashSet<>(request.tenants());
    if (scope.isEmpty()) {
      scope.addAll(moves.keySet());
    }
    scope.removeIf(t -> !hasMoved(t));
    revertsRequested++;
    revert = Optional.of(new ActiveRevert(revertsRequested, scope, request));
  }

  /// The plan that is being carried out.
  public Plan plan() {
    return plan;
  }

  /// How far that step is, if it was ever begun.
  public Optional<StepProgress> progress(StepId step) {
    return Optional.ofNullable(steps.get(step));
  }

  /// All steps that were begun, in the order of their first intent.
  public List<StepProgress> steps() {
    return List.copyOf(steps.values());
  }

  /// The tenants in quarantine and why.
  public Map<TenantId, RecordedProblem> failed() {
    return Map.copyOf(failed);
  }

  /// Whether the tenant's traffic has, or may have, reached the candidate arm and was not given
  /// back.
  public boolean hasMoved(TenantId tenant) {
    return weights.containsKey(tenant) || settled.contains(tenant);
  }

  /// The candidate's weight for the tenant, 0 to 100, as last intended.
  public int weight(TenantId tenant) {
    return weights.getOrDefault(tenant, settled.contains(tenant) ? 100 : 0);
  }

  /// Whether the tenant is on the new release and in the ledger.
  public boolean isSettled(TenantId tenant) {
    return settled.contains(tenant);
  }

  /// Whether the tenant was taken back.
  public boolean isReturned(TenantId tenant) {
    return returned.contains(tenant);
  }

  /// Whether the tenant is in quarantine.
  public boolean isFailed(TenantId tenant) {
    return failed.containsKey(tenant);
  }

  /// The tranche's batches, those that try again at the end.
  public List<Batch> batches(PlannedTranche tranche) {
    List<Batch> all = new ArrayList<>(tranche.batches());
    all.addAll(retries.getOrDefault(tranche.number(), List.of()));
    return all;
  }

  /// The moves of a batch that are still meant to go through it.
  public List<Move> active(Batch batch) {
    return batch.moves().stream()
        .filter(m -> belongsTo(m.tenant(), batch))
        .filter(m -> !failed.containsKey(m.tenant()) && !returned.contains(m.tenant()))
        .toList();
  }

  /// Whether the tenant goes through this batch, and not through a later one that tries again.
  public boolean belongsTo(TenantId tenant, Batch batch) {
    BatchId later = retriedIn.get(tenant);
    return later == null || later.equals(batch.id());
  }

  /// Which arms were started and stopped.
  ArmHistory arms() {
    return arms;
  }

  /// Who approved that gate, if somebody did.
  public Optional<String> approvedBy(String subject) {
    return Optional.ofNullable(approvals.get(subject));
  }

  /// Who paused it and why, while it is paused.
  public Optional<Event.Paused> paused() {
    return paused;
  }

  /// Why it halted, while it is halted.
  public Optional<RecordedProblem> halted() {
    return halted;
  }

  /// The revert under way.
  public Optional<ActiveRevert> revert() {
    return revert;
  }

  /// Who asked to end it and why, once someone did.
  public Optional<Event.Cancelled> cancelled() {
    return cancelled;
  }

  /// How it ended, if it did.
  public Optional<Event.Ending> ending() {
    return ending;
  }

  /// When the last batch was settled.
  public Optional<Instant> lastSettledAt() {
    return lastSettledAt;
  }

  /// When the last entry was written: nothing has happened since.
  public Instant since() {
    return since;
  }
}
