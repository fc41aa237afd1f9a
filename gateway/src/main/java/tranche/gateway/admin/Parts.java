package tranche.gateway.admin;

import java.time.Clock;
import java.time.Instant;
import tranche.gateway.route.RouteKeeper;
import tranche.gateway.traffic.Tally;
import tranche.gateway.upstream.Fleet;

/// What the admin interface shows and changes.
///
/// @param bootId new at every start of the process
public record Parts(
    String bootId, Instant startedAt, RouteKeeper routes, Fleet fleet, Tally tally, Clock clock) {}
