package tranche.engine.journal;

import java.util.Optional;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;

/// That a tenant runs that release from now on; none (empty) when an installation was taken back.
public record LedgerChange(TenantId tenant, Optional<ReleaseId> release) {}
