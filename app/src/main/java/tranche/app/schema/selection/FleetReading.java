package tranche.app.schema.selection;

import java.util.List;
import java.util.function.Function;
import tranche.app.server.ConfiguredFleet;
import tranche.config.TrancheConfig;
import tranche.config.fleet.TenantSource;
import tranche.config.fleet.TenantSources;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.StoreId;
import tranche.postgres.database.ConnectionLimits;
import tranche.postgres.database.Databases;
import tranche.postgres.fleet.TenantQuery;

/// Reads tenants, with connections only where a database has to be asked for them.
public final class FleetReading {
  private FleetReading() {}

  /// Does some reading.
  ///
  /// @throws tranche.core.problem.ProblemException if tenants cannot be read
  public static <T> T with(
      ConfiguredFleet fleet, TrancheConfig config, Function<ConfiguredFleet, T> reading) {
    boolean asksDatabase =
        config.fleet().sources().stream().anyMatch(TenantSource.Sql.class::isInstance);
    if (!asksDatabase) {
      fleet.readWith(
          new TenantSources((id, _) -> {
            throw new IllegalStateException(id + " is no source of tenants");
          }));
      return reading.apply(fleet);
    }
    try (Databases databases = new Databases(fleet, ConnectionLimits.ORDINARY)) {
      fleet.readWith(new TenantSources((id, query) -> TenantQuery.rows(databases, id, query)));
      return reading.apply(fleet);
    }
  }

  /// Those stores of a fleet, with whom they belong to.
  public static List<TargetStore> stores(Fleet fleet, List<StoreId> stores) {
    return stores.stream().map(id -> FleetTargets.store(id, fleet.tenantsIn(id))).toList();
  }
}
