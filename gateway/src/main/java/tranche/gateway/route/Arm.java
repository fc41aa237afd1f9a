package tranche.gateway.route;

import java.util.List;

/// One release inside a cell.
///
/// @param readiness path that an instance answers with 2xx when it can take requests
/// @param instances at most [RoutingTable#MAX_INSTANCES_PER_ARM]
public record Arm(String readiness, List<Instance> instances) {
  /// Path asked when the table names none.
  public static final String DEFAULT_READINESS = "/ready";

  /// Copies the list.
  public Arm {
    instances = List.copyOf(instances);
  }
}
