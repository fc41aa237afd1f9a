package tranche.core.fleet;

import java.util.Objects;

/// A customer of the SaaS.
///
/// `tier` and `region` are free words of the configuration; an empty region means there is only
/// one.
public record Tenant(
    TenantId id, String tier, String region, TenantStatus status, Placement placement) {
  public Tenant {
    Objects.requireNonNull(id);
    Objects.requireNonNull(tier);
    Objects.requireNonNull(region);
    Objects.requireNonNull(status);
    Objects.requireNonNull(placement);
  }
}
