package tranche.gateway.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A change of some cells and tenants that leads to a new version; an empty value removes the
/// entry.
public record TableUpdate(
    TableVersion version,
    Map<String, Optional<Cell>> cells,
    Map<String, Optional<TenantRoute>> tenants) {
  /// Copies the maps, keeping their order.
  public TableUpdate {
    cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
  }
}
