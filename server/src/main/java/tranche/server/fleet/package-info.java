/// Routes about tenants and the fleet.
///
/// Read [tranche.server.fleet.FleetRoutes] first.
@NullMarked
package tranche.server.fleet;

import org.jspecify.annotations.NullMarked;
