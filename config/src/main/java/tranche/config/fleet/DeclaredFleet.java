package tranche.config.fleet;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tranche.config.database.ResolvedDatabase;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.Fleet;

/// A fleet and the databases that its stores are in, sorted by id.
public record DeclaredFleet(Fleet fleet, Map<DatabaseId, ResolvedDatabase> databases) {
  public DeclaredFleet {
    databases = Collections.unmodifiableMap(new TreeMap<>(databases));
  }
}
