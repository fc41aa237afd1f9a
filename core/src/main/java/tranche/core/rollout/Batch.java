package tranche.core.rollout;

import java.util.List;
import java.util.Objects;
import tranche.core.fleet.TenantId;
import tranche.core.policy.TierPolicy;

/// Tenants of one tier whose traffic is shifted together.
public record Batch(BatchId id, TierPolicy policy, List<Move> moves) {
  public Batch {
    Objects.requireNonNull(id);
    Objects.requireNonNull(policy);
    moves = List.copyOf(moves);
  }

  /// The tenants, in order.
  public List<TenantId> tenants() {
    return moves.stream().map(Move::tenant).toList();
  }

  /// Whether nobody in it runs anything yet, so that there is no baseline to compare with.
  public boolean isInstallation() {
    return moves.stream().allMatch(m -> m.from().isEmpty());
  }
}
