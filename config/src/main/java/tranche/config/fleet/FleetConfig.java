package tranche.config.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tranche.config.database.DatabaseConfig;
import tranche.config.database.ResolvedDatabase;
import tranche.core.fleet.DatabaseId;

/// Everything that tells where tenants come from and live: databases by key, tiers by name,
/// sources.
public record FleetConfig(
    Map<String, DatabaseConfig> databases,
    Map<String, TierConfig> tiers,
    List<TenantSource> sources) {
  public FleetConfig {
    databases = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(databases));
    tiers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tiers));
    sources = List.copyOf(sources);
  }

  /// The databases without placeholders, by id: those that are known before any tenant is.
  public Map<DatabaseId, ResolvedDatabase> plainDatabases() {
    Map<DatabaseId, ResolvedDatabase> plain = new TreeMap<>();
    databases.values().forEach(d -> d.plain().ifPresent(p -> plain.put(p.id(), p)));
    return plain;
  }
}
