package tranche.engine.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.rollout.Batch;
import tranche.core.rollout.Event;
import tranche.core.rollout.HoldReason;
import tranche.core.rollout.PlannedTranche;
import tranche.core.rollout.Progress;
import tranche.core.rollout.RolloutState;
import tranche.core.rollout.TenantState;
import tranche.engine.rollout.RolloutStore.RolloutRecord;

/// From a state to what is shown of it.
final class Views {
  private Views() {}

  static RolloutView of(RolloutRecord rollout, RolloutState state, Optional<HoldReason> hold) {
    List<RolloutView.TrancheView> tranches =
        state.plan().tranches().stream().map(t -> tranche(t, state)).toList();
    return new RolloutView(
        rollout.id().value(),
        state.plan().to().value(),
        state.plan().id(),
        rollout.by(),
        rollout.startedAt(),
        state.since(),
        phase(state, hold),
        state.ending().isPresent() ? Optional.empty() : hold,
        state.halted(),
        tranches,
        state.failed());
  }

  private static RolloutView.TrancheView tranche(PlannedTranche tranche, RolloutState state) {
    Map<TenantState, Long> counts = Progress.counts(state, tranche);
    long idle = counts.getOrDefault(TenantState.WAITING, 0L);
    long moving =
        counts.getOrDefault(TenantState.MIGRATING, 0L)
            + counts.getOrDefault(TenantState.SWITCHING, 0L);
    String word = idle == tranche.size() ? "waiting" : idle + moving > 0 ? "moving" : "done";
    String subject = "tranche " + tranche.number();
    // Where nothing runs yet nobody is asked, see Decider.
    boolean isInstallation = tranche.batches().stream().allMatch(Batch::isInstallation);
    Optional<String> approval =
        tranche
            .gates()
            .approval()
            .filter(_ -> !isInstallation)
            .map(who -> state.approvedBy(subject).orElse("needed: " + who));
    return new RolloutView.TrancheView(
        tranche.number(), tranche.name(), tranche.who(), tranche.size(), word, counts, approval);
  }

  static String phase(RolloutState state, Optional<HoldReason> hold) {
    if (state.ending().isPresent()) {
      return state.ending().map(Event.Ending::word).orElseThrow();
    }
    if (state.revert().isPresent()) {
      return "reverting";
    }
    if (state.halted().isPresent()) {
      return "halted";
    }
    if (state.paused().isPresent()) {
      return "paused";
    }
    boolean isMoving =
        hold.isEmpty()
            || switch (hold.get().code()) {
              case "performing", "baking" -> true;
              default -> false;
            };
    return isMoving ? "moving" : "held";
  }
}
