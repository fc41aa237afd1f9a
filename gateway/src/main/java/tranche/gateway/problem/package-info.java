/// Everything the gateway can tell an operator or a client about a refusal or a failure. Start with
/// [GatewayProblem]; the families are one per occasion: start, table, traffic, admin.
///
/// Deliberately not here: how a problem is written to the wire (`tranche.gateway.traffic.Refusal`)
/// and the exit codes (`tranche.gateway.GatewayMain`).
@NullMarked
package tranche.gateway.problem;

import org.jspecify.annotations.NullMarked;
