package tranche.engine.delivery;

import java.util.ArrayList;
import java.util.List;
import tranche.core.fleet.CellId;
import tranche.core.fleet.Stickiness;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;

/// Where a tenant's requests go: to the arms of its cell by weight, baseline first. An arm with
/// weight 0 may answer when no other can; an arm that is not listed never does.
public record TenantRoute(TenantId tenant, CellId cell, List<ArmWeight> arms, Stickiness sticky) {
  /// A release and its share of the requests in percent.
  public record ArmWeight(ReleaseId release, int weight) {}

  public TenantRoute {
    arms = List.copyOf(arms);
    if (arms.stream().mapToInt(ArmWeight::weight).sum() != 100) {
      throw new IllegalArgumentException("weights of " + tenant + " are not 100: " + arms);
    }
  }

  /// This route without that release.
  public TenantRoute without(ReleaseId release) {
    List<ArmWeight> rest = new ArrayList<>(arms);
    rest.removeIf(a -> a.release().equals(release));
    return new TenantRoute(tenant, cell, rest, sticky);
  }
}
