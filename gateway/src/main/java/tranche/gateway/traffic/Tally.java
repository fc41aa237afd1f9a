package tranche.gateway.traffic;

/// Where finished requests are counted.
///
/// @param tenants by tenant and arm; previews stay out
/// @param metrics by cell and arm
public record Tally(TenantTraffic tenants, GatewayMetrics metrics) {}
