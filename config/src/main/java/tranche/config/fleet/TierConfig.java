package tranche.config.fleet;

import tranche.core.fleet.Stickiness;

/// Where the tenants of a tier live. `cell` may contain `{tenant}` and `{region}`; `instances` (1
/// to 100) is per arm of a cell.
public record TierConfig(
    String name, PlacementTemplate placement, String cell, int instances, Stickiness sticky) {}
