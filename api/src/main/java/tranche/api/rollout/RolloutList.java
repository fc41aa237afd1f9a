package tranche.api.rollout;

import java.util.List;

/// The latest rollouts, newest first.
public record RolloutList(List<RolloutJson> items) {
  public RolloutList {
    items = List.copyOf(items);
  }
}
