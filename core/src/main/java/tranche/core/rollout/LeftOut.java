package tranche.core.rollout;

import tranche.core.fleet.TenantId;

/// A tenant that the plan does not move, and why.
public record LeftOut(TenantId tenant, String reason) {}
