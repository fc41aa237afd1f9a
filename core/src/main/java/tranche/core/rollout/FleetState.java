package tranche.core.rollout;

import java.util.Map;
import java.util.Optional;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaVersion;

/// A fleet with what is known to run: the release of each tenant, the schema version of each store
/// (absent: the store does not exist yet) and the releases that these names mean.
public record FleetState(
    Fleet fleet,
    Map<TenantId, ReleaseId> ledger,
    Map<StoreId, SchemaVersion> versions,
    Map<ReleaseId, Release> releases) {
  public FleetState {
    ledger = Map.copyOf(ledger);
    versions = Map.copyOf(versions);
    releases = Map.copyOf(releases);
  }

  /// The release that a tenant runs, if it runs one.
  public Optional<ReleaseId> releaseOf(TenantId tenant) {
    return Optional.ofNullable(ledger.get(tenant));
  }

  /// The version of a store, [SchemaVersion#NONE] if it does not exist yet.
  public SchemaVersion versionOf(StoreId store) {
    return versions.getOrDefault(store, SchemaVersion.NONE);
  }
}
