/// From declared tiers and tenants to a [tranche.core.fleet.Fleet].
///
/// Read [tranche.config.fleet.FleetBuilder] first. Deliberately not here: running the SQL query
/// that may list tenants; whoever has connections passes it in as [tranche.config.fleet.SqlRows].
@NullMarked
package tranche.config.fleet;

import org.jspecify.annotations.NullMarked;
