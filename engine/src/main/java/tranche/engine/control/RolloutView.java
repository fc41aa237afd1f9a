package tranche.engine.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.fleet.TenantId;
import tranche.core.problem.RecordedProblem;
import tranche.core.rollout.HoldReason;
import tranche.core.rollout.TenantState;

/// A rollout as it is now.
///
/// `phase` is one of `moving`, `held`, `paused`, `halted`, `reverting`, `done`, `reverted`,
/// `cancelled`. `since` is the time of the last entry of its journal.
public record RolloutView(
    String id,
    String to,
    String plan,
    String by,
    Instant startedAt,
    Instant since,
    String phase,
    Optional<HoldReason> hold,
    Optional<RecordedProblem> halted,
    List<TrancheView> tranches,
    Map<TenantId, RecordedProblem> failed) {
  public RolloutView {
    tranches = List.copyOf(tranches);
    failed = Map.copyOf(failed);
  }

  /// One tranche of it; `state` is `waiting`, `moving` or `done`.
  public record TrancheView(
      int number,
      String name,
      String who,
      int tenants,
      String state,
      Map<TenantState, Long> counts,
      Optional<String> approval) {
    public TrancheView {
      counts = Map.copyOf(counts);
    }
  }

  /// Whether it has ended.
  public boolean isOver() {
    return phase.equals("done") || phase.equals("reverted") || phase.equals("cancelled");
  }
}
