package tranche.api.rollout;

import java.time.Instant;
import java.util.List;

/// The latest plans, newest first.
public record PlanList(List<PlanEntry> items) {
  public PlanList {
    items = List.copyOf(items);
  }

  /// A plan in one line: how many tenants move, how many are left out, when it was made.
  public record PlanEntry(
      String id, String hash, String to, int tenants, int leftOut, Instant at) {}
}
