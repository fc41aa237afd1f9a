package tranche.core.rollout;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tranche.core.fleet.TenantId;

/// How far a rollout is, read from its state.
public final class Progress {
  private Progress() {}

  /// How far one of its tenants is.
  public static TenantState of(RolloutState state, Batch batch, TenantId tenant) {
    return word(state, tenant, isPreparing(state, batch));
  }

  /// A batch is being prepared when it is the first that is not settled and something has begun.
  private static boolean isPreparing(RolloutState state, Batch batch) {
    if (state.ending().isPresent() || state.steps().isEmpty()) {
      return false;
    }
    for (PlannedTranche tranche : state.plan().tranches()) {
      for (Batch each : state.batches(tranche)) {
        if (state.active(each).stream().anyMatch(m -> !state.isSettled(m.tenant()))) {
          return each.id().equals(batch.id()) && mayBegin(state, tranche, each);
        }
      }
    }
    return false;
  }

  private static boolean mayBegin(RolloutState state, PlannedTranche tranche, Batch batch) {
    return tranche.gates().approval().isEmpty()
        || batch.isInstallation()
        || state.approvedBy("tranche " + tranche.number()).isPresent();
  }

  /// How many tenants of a tranche are in each state.
  public static Map<TenantState, Long> counts(RolloutState state, PlannedTranche tranche) {
    Map<TenantState, Long> counts = new EnumMap<>(TenantState.class);
    for (Batch batch : state.batches(tranche)) {
      List<TenantId> own = batch.tenants().stream().filter(t -> state.belongsTo(t, batch)).toList();
      if (own.isEmpty()) {
        continue;
      }
      boolean preparing = isPreparing(state, batch);
      own.stream()
          .collect(Collectors.groupingBy(t -> word(state, t, preparing), Collectors.counting()))
          .forEach((word, count) -> counts.merge(word, count, Long::sum));
    }
    return counts;
  }

  private static TenantState word(RolloutState state, TenantId tenant, boolean preparing) {
    if (state.isFailed(tenant)) {
      return TenantState.FAILED;
    }
    if (state.isReturned(tenant)) {
      return TenantState.REVERTED;
    }
    if (state.isSettled(tenant)) {
      return TenantState.DONE;
    }
    if (state.weight(tenant) > 0) {
      return TenantState.SWITCHING;
    }
    return preparing ? TenantState.MIGRATING : TenantState.WAITING;
  }
}
