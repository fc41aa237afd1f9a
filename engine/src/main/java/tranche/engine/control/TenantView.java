package tranche.engine.control;

import java.time.Instant;
import java.util.Optional;
import tranche.core.fleet.Tenant;
import tranche.core.release.ReleaseId;

/// A tenant with what the ledger says of it.
public record TenantView(
    Tenant tenant,
    Optional<ReleaseId> release,
    Optional<Instant> since,
    Optional<String> rollout) {}
