package tranche.core.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.judge.Criteria;
import tranche.core.judge.Verdict;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.Digest;
import tranche.core.release.ReleaseId;

/// What the tenants of one batch need next, in the order of a tenant's life: stores prepared, arm
/// deployed, verified, traffic shifted weight by weight with a bake and a look at each, verified
/// again, settled. Empty means that the batch needs nothing more.
final class BatchDecision {
  private final PlannedTranche tranche;
  private final Batch batch;
  private final RolloutState state;
  private final Moment moment;
  private final ReleaseId to;
  private final List<Move> active;

  BatchDecision(PlannedTranche tranche, Batch batch, RolloutState state, Moment moment) {
    this.tranche = tranche;
    this.batch = batch;
    this.state = state;
    this.moment = moment;
    this.to = state.plan().to();
    this.active = state.active(batch);
  }

  boolean isComplete() {
    return strays().isEmpty() && active.stream().allMatch(m -> state.isSettled(m.tenant()));
  }

  Optional<Decision> decide() {
    return returnStrays()
        .or(this::prepareStores)
        .or(this::deploy)
        .or(this::verifyBefore)
        .or(this::shiftThroughWeights)
        .or(() -> verify(StepKind.VERIFY_AFTER))
        .or(this::settle);
  }

  /// Tenants that failed after some of their traffic had moved: they go back before anything else.
  private List<Move> strays() {
    return batch.moves().stream()
        .filter(m -> state.belongsTo(m.tenant(), batch))
        .filter(m -> state.isFailed(m.tenant()) && state.weight(m.tenant()) > 0)
        .toList();
  }

  private Optional<Decision> returnStrays() {
    List<Move> strays = strays();
    if (strays.isEmpty()) {
      return Optional.empty();
    }
    Digest digest = Digest.sha256();
    strays.forEach(m -> digest.add(m.tenant().value()));
    Step back = new Step.Return(batch.id() + "/failed-" + digest.hex().substring(0, 8), strays);
    return advance(List.of(back), Advance.Patience.ENDLESS);
  }

  private Optional<Decision> prepareStores() {
    var plans = state.plan().storesById();
    TreeSet<StoreId> stores = new TreeSet<>();
    active.forEach(m -> stores.addAll(m.stores()));
    List<Advance> chains = new ArrayList<>();
    for (StoreId store : stores) {
      StorePlan plan = plans.get(store);
      if (plan != null) {
        List<Step> steps = plan.preparation().steps(store);
        Advance advance = Advance.of(steps, state, moment, Advance.Patience.BOUNDED);
        if (advance instanceof Advance.Broken(_, var problem)) {
          return Optional.of(fail(m -> m.stores().contains(store), problem));
        }
        chains.add(advance);
      }
    }
    return Advance.decide(chains, state);
  }

  private Optional<Decision> deploy() {
    List<Advance> chains = new ArrayList<>();
    for (var cell : new TreeSet<>(active.stream().map(Move::cell).toList())) {
      Step deploy = new Step.Deploy(cell, to, state.arms().occasion(cell, to));
      Advance advance = Advance.of(List.of(deploy), state, moment, Advance.Patience.BOUNDED);
      if (advance instanceof Advance.Broken(_, var problem)) {
        return Optional.of(fail(m -> m.cell().equals(cell), problem));
      }
      chains.add(advance);
    }
    return Advance.decide(chains, state);
  }

  private Decision fail(java.util.function.Predicate<Move> whom, RecordedProblem problem) {
    return new Decision.Conclude(
        active.stream()
            .filter(whom)
            .<Event>map(m -> new Event.TenantFailed(m.tenant(), problem))
            .toList());
  }

  private Optional<Decision> verifyBefore() {
    // A tenant that is installed has no route yet, so there is nothing to preview through; it is
    // verified afterwards. Once traffic has moved the candidate has passed; tenants that failed
    // since are no reason to ask again.
    boolean hasBegun = active.stream().anyMatch(m -> state.weight(m.tenant()) > 0);
    return hasBegun || batch.isInstallation() ? Optional.empty() : verify(StepKind.VERIFY_BEFORE);
  }

  private Optional<Decision> verify(StepKind kind) {
    int limit = tranche.gates().verify().tenantsPerBatch();
    List<TenantId> tenants = active.stream().map(Move::tenant).limit(limit).toList();
    if (tenants.isEmpty() || wasPerformed(kind)) {
      return Optional.empty();
    }
    return advance(
        List.of(new Step.Verify(kind, batch.id().toString(), to, tenants)),
        Advance.Patience.BOUNDED);
  }

  private boolean wasPerformed(StepKind kind) {
    StepId id = new Step.Verify(kind, batch.id().toString(), to, List.of()).id();
    return state
        .progress(id)
        .filter(p -> p.status() instanceof StepProgress.Status.Performed)
        .isPresent();
  }

  private Optional<Decision> shiftThroughWeights() {
    List<Integer> weights =
        batch.isInstallation() ? List.of(100) : batch.policy().strategy().weights();
    for (int weight : weights) {
      Step shift = new Step.Shift(batch.id(), weight, active);
      Optional<Decision> decision = advance(List.of(shift), Advance.Patience.BOUNDED);
      if (decision.isEmpty() && !batch.isInstallation()) {
        decision = bake(batch.id(), weight, batch.policy().strategy().bake());
      }
      if (decision.isPresent()) {
        return decision;
      }
    }
    return Optional.empty();
  }

  private Optional<Decision> bake(BatchId what, int weight, Duration time) {
    return new BakeDecision(tranche, batch, state, moment, active).decide(what, weight, time);
  }

  private Optional<Decision> settle() {
    return active.isEmpty()
        ? Optional.empty()
        : advance(List.of(new Step.Settle(batch.id(), to, active)), Advance.Patience.BOUNDED);
  }

  private Optional<Decision> advance(List<Step> chain, Advance.Patience patience) {
    return advance(chain, patience, batch, state, moment);
  }

  static Optional<Decision> advance(
      List<Step> chain, Advance.Patience patience, Batch batch, RolloutState state, Moment moment) {
    Advance advance = Advance.of(chain, state, moment, patience);
    if (advance instanceof Advance.Broken(var step, var problem)) {
      var gaveUp = new RolloutProblem.StepGaveUp(step.id().value(), problem.what());
      return Optional.of(Decider.halt(RecordedProblem.of(gaveUp), batch.policy().onUnhealthy()));
    }
    return Advance.decide(List.of(advance), state);
  }

  /// The bake that a tranche may require after its last tenant has moved.
  static Optional<Decision> trancheEnd(PlannedTranche tranche, RolloutState state, Moment moment) {
    Duration time = tranche.gates().bake();
    List<Batch> batches = state.batches(tranche);
    if (time.isZero() || batches.stream().allMatch(Batch::isInstallation)) {
      return Optional.empty();
    }
    List<Move> settled =
        batches.stream()
            .flatMap(b -> b.moves().stream())
            .filter(m -> state.isSettled(m.tenant()))
            .distinct()
            .toList();
    if (settled.isEmpty()) {
      return Optional.empty();
    }
    return new BakeDecision(tranche, batches.getLast(), state, moment, settled)
        .decide(new BatchId(tranche.number(), "end"), 100, time);
  }

  /// The criteria at a weight: a part of the traffic needs to show a part of the requests.
  static Criteria at(Criteria full, int weight) {
    long requests = Math.max(1, (full.minRequests() * weight + 99) / 100);
    return new Criteria(full.errorRateLimit(), requests);
  }

  /// What an unhealthy verdict leads to.
  static Decision worse(PlannedTranche tranche, Batch batch, Verdict verdict) {
    var worse = new RolloutProblem.TrancheGotWorse(tranche.name(), verdict.summary());
    return Decider.halt(RecordedProblem.of(worse), batch.policy().onUnhealthy());
  }
}
