package tranche.core.rollout;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;

/// Whether tenants can still be taken back.
public final class Reverts {
  private Reverts() {}

  /// Why these tenants (all of the plan if empty) cannot be taken back any more; empty if they can.
  ///
  /// An intended contract counts as done: it may have been performed by a process that died.
  public static Optional<RolloutProblem> refusal(RolloutState state, List<TenantId> tenants) {
    Set<StoreId> contracted =
        state.steps().stream()
            .map(StepProgress::step)
            .filter(s -> s.kind() == StepKind.CONTRACT)
            .map(s -> ((Step.Migrate) s).store())
            .collect(Collectors.toSet());
    List<Move> stuck =
        state.plan().moves().stream()
            .filter(m -> tenants.isEmpty() || tenants.contains(m.tenant()))
            .filter(m -> m.stores().stream().anyMatch(contracted::contains))
            .toList();
    return stuck.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RolloutProblem.PointOfNoReturn(
                stuck.size(),
                stuck.getFirst().stores().stream()
                    .filter(contracted::contains)
                    .findFirst()
                    .orElseThrow()));
  }
}
