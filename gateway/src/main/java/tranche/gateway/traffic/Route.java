package tranche.gateway.traffic;

import java.util.List;
import java.util.Optional;
import tranche.gateway.route.TenantRoute;
import tranche.gateway.upstream.Routing;

/// What an admitted request asks for. Resolved anew against the routing in force at every attempt,
/// so that a repeat after a table change follows the new table.
///
/// @param tenant the tenant it is for
/// @param bucket its place in the traffic split
/// @param previewOf the only arm it may go to, for a preview
record Route(String tenant, int bucket, Optional<String> previewOf) {

  /// The arms to try, best first, and the cell they are in; empty when the tenant left the table.
  Optional<Choice> in(Routing routing) {
    return routing.table().route(tenant).map(this::choice);
  }

  private Choice choice(TenantRoute route) {
    return new Choice(route.cell(), previewOf.map(List::of).orElseGet(() -> route.order(bucket)));
  }

  /// Arms of a cell in the order to try.
  record Choice(String cell, List<String> releases) {}
}
