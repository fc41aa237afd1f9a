package tranche.engine.delivery;

import java.util.List;
import tranche.core.fleet.Tenant;
import tranche.core.release.Release;

/// What an arm shall be: `instances` of a release in a cell, serving these tenants.
public record ArmSpec(Arm arm, Release release, int instances, List<Tenant> tenants) {
  public ArmSpec {
    tenants = List.copyOf(tenants);
  }
}
