package tranche.gateway.admin;

import java.time.Clock;
import java.time.Instant;
import tranche.gateway.route.RouteKeeper;
import tranche.gateway.traffic.Tally;
import tranche.gateway.upstream.Fleet;

/// What the admin interface shows and changes.
///
/// @param boot which start of the process this is
public record Parts(Boot boot, RouteKeeper routes, Fleet fleet, Tally tally, Clock clock) {

  /// One start of the process.
  ///
  /// @param id new at every start
  public record Boot(String id, Instant at) {}
}
