/// Who is served where, as immutable data: start with [RoutingTable], then [TenantRoute], which
/// decides the order of arms for one request. [RouteKeeper] holds the table in force and lets only
/// newer ones in; [RouteStore] makes it durable.
///
/// Invariants: an older (epoch, version) never replaces a newer one (I13); a table is taken over
/// whole or not at all; an arm that a route does not list never gets the tenant's traffic.
///
/// Deliberately not here: whether an instance is ready (`tranche.gateway.upstream`) and anything
/// about HTTP.
@NullMarked
package tranche.gateway.route;

import org.jspecify.annotations.NullMarked;
