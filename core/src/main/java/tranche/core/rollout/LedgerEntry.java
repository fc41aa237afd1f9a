package tranche.core.rollout;

import java.time.Instant;
import java.util.Optional;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;

/// That a tenant runs a release, since when, and which rollout brought it there.
public record LedgerEntry(
    TenantId tenant, ReleaseId release, Instant since, Optional<RolloutId> rollout) {}
