package tranche.core.fanout;

import java.util.List;
import java.util.Objects;
import tranche.core.fleet.StoreId;
import tranche.core.problem.RecordedProblem;

/// Stores that failed for one reason.
///
/// @param problem as the first of them said it
/// @param count how many
/// @param first some of them, the first ones
public record FailureGroup(RecordedProblem problem, int count, List<StoreId> first) {
  public FailureGroup {
    Objects.requireNonNull(problem);
    first = List.copyOf(first);
  }
}
