package tranche.core.rollout;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.fleet.CellId;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;

/// One tenant's way: from the release it runs (empty if it runs none yet), in its cell, on its
/// stores.
public record Move(TenantId tenant, Optional<ReleaseId> from, CellId cell, List<StoreId> stores) {
  public Move {
    Objects.requireNonNull(tenant);
    Objects.requireNonNull(from);
    Objects.requireNonNull(cell);
    stores = List.copyOf(stores);
  }
}
