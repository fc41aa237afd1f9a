package tranche.config;

import java.util.List;

/// The gateway: where it listens and from what it learns tenant and user of a request. `tenantFrom`
/// is tried in that order.
public record GatewayConfig(
    ListenAddress listen, List<TenantFrom> tenantFrom, String tenantHeader, String userHeader) {
  public GatewayConfig {
    tenantFrom = List.copyOf(tenantFrom);
  }

  /// A place in a request that names the tenant.
  public enum TenantFrom {
    /// The first label of the host name.
    HOST,
    /// The tenant header.
    HEADER
  }
}
