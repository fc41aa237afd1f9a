package tranche.gateway.upstream;

import java.util.List;
import java.util.Map;
import tranche.gateway.route.RoutingTable;

/// A routing table joined with the live instances that it names; replaced as one.
///
/// @param instances cell, then release, then instances in table order
public record Routing(RoutingTable table, Map<String, Map<String, List<LiveInstance>>> instances) {
  static final Routing EMPTY = new Routing(RoutingTable.EMPTY, Map.of());

  /// The instances of an arm; empty when the cell or the arm does not exist.
  public List<LiveInstance> arm(String cell, String release) {
    return instances.getOrDefault(cell, Map.of()).getOrDefault(release, List.of());
  }
}
