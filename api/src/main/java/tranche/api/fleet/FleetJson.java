package tranche.api.fleet;

import java.util.Map;

/// The fleet in numbers. `byRelease` counts tenants that run nothing under the empty name.
public record FleetJson(
    long tenants,
    long databases,
    long stores,
    long cells,
    Map<String, Long> byTier,
    Map<String, Long> byRegion,
    Map<String, Long> byModel,
    Map<String, Long> byRelease) {}
