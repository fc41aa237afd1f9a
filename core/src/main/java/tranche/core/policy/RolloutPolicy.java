package tranche.core.policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How a fleet moves: the ladder of tranches, the rules of each tier, and the end of it.
public record RolloutPolicy(
    List<TranchePolicy> ladder, Map<String, TierPolicy> tiers, ContractPolicy contract) {
  public RolloutPolicy {
    ladder = List.copyOf(ladder);
    tiers = Map.copyOf(tiers);
    Objects.requireNonNull(contract);
  }

  /// The rules of a tier.
  ///
  /// @throws IllegalArgumentException if the tier is not declared
  public TierPolicy tier(String name) {
    TierPolicy policy = tiers.get(name);
    if (policy == null) {
      throw new IllegalArgumentException("no policy for tier " + name);
    }
    return policy;
  }
}
