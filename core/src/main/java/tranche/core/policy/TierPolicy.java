package tranche.core.policy;

import java.util.Objects;

/// How the tenants of a tier are moved.
public record TierPolicy(
    String tier, Strategy strategy, FailureBudget budget, OnUnhealthy onUnhealthy) {
  public TierPolicy {
    Objects.requireNonNull(tier);
    Objects.requireNonNull(strategy);
    Objects.requireNonNull(budget);
    Objects.requireNonNull(onUnhealthy);
  }
}
