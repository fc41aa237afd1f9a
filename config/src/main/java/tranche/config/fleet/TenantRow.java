package tranche.config.fleet;

import tranche.config.problem.Where;
import tranche.core.fleet.TenantId;
import tranche.core.fleet.TenantStatus;

/// A tenant as a source lists it, not yet placed; `where` is the place that lists it.
public record TenantRow(
    TenantId id, String tier, String region, TenantStatus status, Where where) {}
