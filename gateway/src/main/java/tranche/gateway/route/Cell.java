package tranche.gateway.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A place where the application runs: arms by release, in the order of the table.
public record Cell(Map<String, Arm> arms) {
  /// Copies the map, keeping its order.
  public Cell {
    arms = Collections.unmodifiableMap(new LinkedHashMap<>(arms));
  }
}
