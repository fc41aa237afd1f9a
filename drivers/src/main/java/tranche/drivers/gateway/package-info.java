/// The embedded gateway as a process and as a router.
///
/// Read [tranche.drivers.gateway.GatewayRouter] first: it changes the gateway's table through its
/// admin interface and believes only what it reads back. [tranche.drivers.gateway.GatewayProcess]
/// makes sure that one gateway runs for a data folder, whoever started it.
///
/// Deliberately not here: the gateway itself (module `gateway`, known here only by its class name
/// and its HTTP interface), and who gets which traffic (the engine decides).
@NullMarked
package tranche.drivers.gateway;

import org.jspecify.annotations.NullMarked;
