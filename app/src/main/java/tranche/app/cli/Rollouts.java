package tranche.app.cli;

import java.util.List;
import java.util.Optional;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.RolloutJson;

/// Which rollout is meant when its id is left out.
final class Rollouts {
  private static final int LOOKED_AT = 100;

  private Rollouts() {}

  /// The named one, else the only one that has not ended.
  ///
  /// @throws tranche.core.problem.ProblemException [CliProblem.WhichRollout]
  static String toChange(TrancheClient client, Optional<String> id) {
    if (id.isPresent()) {
      return id.get();
    }
    List<RolloutJson> open = open(client.rollouts(LOOKED_AT));
    if (open.size() != 1) {
      throw which(open);
    }
    return open.getFirst().id();
  }

  /// The named one, else the only one that has not ended, else the latest.
  ///
  /// @throws tranche.core.problem.ProblemException [CliProblem.WhichRollout]
  static String toRead(TrancheClient client, Optional<String> id) {
    if (id.isPresent()) {
      return id.get();
    }
    List<RolloutJson> all = client.rollouts(LOOKED_AT);
    List<RolloutJson> open = open(all);
    if (open.size() > 1 || all.isEmpty()) {
      throw which(open);
    }
    return open.isEmpty() ? all.getFirst().id() : open.getFirst().id();
  }

  private static List<RolloutJson> open(List<RolloutJson> rollouts) {
    return rollouts.stream().filter(r -> !r.over()).toList();
  }

  private static RuntimeException which(List<RolloutJson> open) {
    String found =
        open.isEmpty()
            ? "none that has not ended"
            : "more than one that has not ended: "
                + String.join(", ", open.stream().map(RolloutJson::id).toList());
    return new CliProblem.WhichRollout(found).exception();
  }
}
