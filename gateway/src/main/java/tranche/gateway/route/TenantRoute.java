package tranche.gateway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Where one tenant's requests go.
///
/// @param cell the cell that serves the tenant
/// @param arms at least one, in release order: baseline first, candidate last; weights sum to 100
/// @param sticky what binds a request to a bucket
public record TenantRoute(String cell, List<WeightedArm> arms, Sticky sticky) {

  /// An arm that may serve the tenant.
  ///
  /// @param weight share in percent; 0 makes the arm a fallback
  public record WeightedArm(String release, int weight) {}

  /// Copies the list.
  public TenantRoute {
    arms = List.copyOf(arms);
  }

  /// The releases to try for a request in this bucket, best first.
  ///
  /// The last arm owns the buckets from 0 to its weight, the one before it the next ones, and so
  /// on: raising the weight of the candidate adds buckets to it and takes none away. After the
  /// owner come the other arms with weight, then the arms without, each in table order.
  ///
  /// @param bucket 0 to 99
  public List<String> order(int bucket) {
    int owner = ownerOf(bucket);
    List<String> order = new ArrayList<>(arms.size());
    order.add(arms.get(owner).release());
    addOthers(order, owner, arm -> arm.weight() > 0);
    addOthers(order, owner, arm -> arm.weight() == 0);
    return order;
  }

  private int ownerOf(int bucket) {
    int end = 0;
    for (int i = arms.size() - 1; i > 0; i--) {
      end += arms.get(i).weight();
      if (bucket < end) {
        return i;
      }
    }
    return 0;
  }

  private void addOthers(List<String> order, int owner, Predicate<WeightedArm> which) {
    for (int i = 0; i < arms.size(); i++) {
      WeightedArm arm = arms.get(i);
      if (i != owner && which.test(arm)) {
        order.add(arm.release());
      }
    }
  }
}
