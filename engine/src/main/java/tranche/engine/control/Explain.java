package tranche.engine.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.TenantId;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.Batch;
import tranche.core.rollout.HoldReason;
import tranche.core.rollout.PlannedTranche;
import tranche.core.rollout.Progress;
import tranche.core.rollout.RolloutId;
import tranche.core.rollout.RolloutState;
import tranche.core.rollout.TenantState;

/// Puts into words why something is where it is.
final class Explain {
  private Explain() {}

  static Why explain(
      RolloutId id, RolloutState state, Optional<HoldReason> hold, Optional<TenantId> tenant) {
    return tenant
        .map(t -> ofTenant(id, state, hold, t))
        .orElseGet(() -> ofRollout(id, state, hold));
  }

  private static Why ofRollout(RolloutId id, RolloutState state, Optional<HoldReason> hold) {
    List<Why.Reason> reasons = new ArrayList<>();
    state.halted().ifPresent(p -> reasons.add(reason(p)));
    hold.ifPresent(h -> reasons.add(reason(h)));
    state.failed().forEach((t, p) -> reasons.add(reason(p)));
    return new Why(id.value(), Views.phase(state, hold), reasons);
  }

  private static Why ofTenant(
      RolloutId id, RolloutState state, Optional<HoldReason> hold, TenantId tenant) {
    for (PlannedTranche tranche : state.plan().tranches()) {
      for (Batch batch : state.batches(tranche)) {
        if (batch.tenants().contains(tenant) && state.belongsTo(tenant, batch)) {
          return inBatch(id, state, hold, new Place(tranche, batch, tenant));
        }
      }
    }
    return leftOut(id, state, tenant);
  }

  private record Place(PlannedTranche tranche, Batch batch, TenantId tenant) {}

  private static Why inBatch(
      RolloutId id, RolloutState state, Optional<HoldReason> hold, Place place) {
    TenantState word = Progress.of(state, place.batch(), place.tenant());
    List<Why.Reason> reasons = new ArrayList<>();
    Optional.ofNullable(state.failed().get(place.tenant())).ifPresent(p -> reasons.add(reason(p)));
    boolean isOnItsWay =
        switch (word) {
          case WAITING, MIGRATING, SWITCHING -> true;
          case DONE, FAILED, REVERTED -> false;
        };
    String where = " in tranche " + place.tranche().number() + " (" + place.tranche().name() + ")";
    if (isOnItsWay && state.ending().isPresent()) {
      state.halted().ifPresent(p -> reasons.add(reason(p)));
      String ended = "not moved: " + id + " ended " + Views.phase(state, hold) + " before its turn";
      return new Why(place.tenant().value(), ended + where, reasons);
    }
    if (isOnItsWay) {
      state.halted().ifPresent(p -> reasons.add(reason(p)));
      hold.ifPresent(h -> reasons.add(reason(h)));
      earlier(state, place).ifPresent(reasons::add);
      missingApproval(state, place.tranche())
          .filter(_ -> hold.filter(h -> h.code().equals("approval")).isEmpty())
          .ifPresent(reasons::add);
    }
    return new Why(place.tenant().value(), word.word() + where + " of " + id, reasons);
  }

  private static Optional<Why.Reason> earlier(RolloutState state, Place place) {
    for (PlannedTranche tranche : state.plan().tranches()) {
      if (tranche.number() >= place.tranche().number()) {
        return Optional.empty();
      }
      long open =
          state.batches(tranche).stream()
              .flatMap(b -> state.active(b).stream())
              .filter(m -> !state.isSettled(m.tenant()))
              .count();
      if (open > 0) {
        String what =
            "tranche %d (%s) has %d of %d tenants to go"
                .formatted(tranche.number(), tranche.name(), open, tranche.size());
        return Optional.of(new Why.Reason("earlier-tranche", what, Optional.empty(), "time"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Why.Reason> missingApproval(RolloutState state, PlannedTranche tranche) {
    String subject = "tranche " + tranche.number();
    return tranche
        .gates()
        .approval()
        .filter(_ -> state.approvedBy(subject).isEmpty())
        .map(who ->
            new Why.Reason("approval", subject + " needs an approval", Optional.empty(), who));
  }

  private static Why leftOut(RolloutId id, RolloutState state, TenantId tenant) {
    return state.plan().leftOut().stream()
        .filter(l -> l.tenant().equals(tenant))
        .findFirst()
        .map(l ->
            new Why(
                tenant.value(),
                "left out of " + id,
                List.of(new Why.Reason("left-out", l.reason(), Optional.empty(), "the plan"))))
        .orElseGet(
            () -> new Why(tenant.value(), "not there when " + id + " was planned", List.of()));
  }

  static Why withoutRollout(TenantView view) {
    String runs = view.release().map(ReleaseId::value).orElse("nothing");
    return new Why(
        view.tenant().id().value(), "runs " + runs + "; there was no rollout yet", List.of());
  }

  private static Why.Reason reason(HoldReason hold) {
    return new Why.Reason(hold.code(), hold.what(), hold.until(), hold.who());
  }

  private static Why.Reason reason(RecordedProblem problem) {
    return new Why.Reason(problem.code(), problem.what(), Optional.empty(), problem.fix());
  }
}
