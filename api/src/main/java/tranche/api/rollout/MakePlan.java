package tranche.api.rollout;

import java.util.List;

/// Asks for a plan that brings tenants to a release. Empty lists select everybody; in `tenants` a
/// `*` stands for any characters.
public record MakePlan(String to, List<String> tiers, List<String> regions, List<String> tenants) {
  public MakePlan {
    tiers = List.copyOf(tiers);
    regions = List.copyOf(regions);
    tenants = List.copyOf(tenants);
  }
}
