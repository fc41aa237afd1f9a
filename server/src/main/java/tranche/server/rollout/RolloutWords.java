package tranche.server.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tranche.api.problem.RecordedJson;
import tranche.api.rollout.RolloutJson;
import tranche.core.rollout.HoldReason;
import tranche.core.rollout.TenantState;
import tranche.engine.control.RolloutView;

/// How rollouts look on the wire.
final class RolloutWords {
  private static final int SHOWN = 100;

  private RolloutWords() {}

  static RolloutJson of(RolloutView view) {
    return new RolloutJson(
        view.id(),
        view.to(),
        view.plan(),
        view.by(),
        view.startedAt(),
        view.since(),
        view.phase(),
        view.isOver(),
        view.hold().map(RolloutWords::of),
        view.halted().map(RecordedJson::of),
        view.tranches().stream().map(RolloutWords::of).toList(),
        failed(view));
  }

  private static RolloutJson.HoldJson of(HoldReason hold) {
    return new RolloutJson.HoldJson(
        hold.code(), hold.what(), hold.since(), hold.until(), hold.who());
  }

  private static RolloutJson.TrancheJson of(RolloutView.TrancheView tranche) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (TenantState state : TenantState.values()) {
      long count = tranche.counts().getOrDefault(state, 0L);
      if (count > 0) {
        counts.put(state.word(), count);
      }
    }
    return new RolloutJson.TrancheJson(
        tranche.number(),
        tranche.name(),
        tranche.who(),
        tranche.tenants(),
        tranche.state(),
        counts,
        tranche.approval());
  }

  private static RolloutJson.FailedJson failed(RolloutView view) {
    List<RolloutJson.FailedTenant> items =
        view.failed().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(SHOWN)
            .map(e ->
                new RolloutJson.FailedTenant(e.getKey().value(), RecordedJson.of(e.getValue())))
            .toList();
    return new RolloutJson.FailedJson(view.failed().size(), items);
  }
}
