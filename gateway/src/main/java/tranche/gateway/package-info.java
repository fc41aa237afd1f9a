/// The embedded data plane: a process of its own that routes each tenant's requests to application
/// instances, and goes on doing so when every control plane is gone (I13). [GatewayMain] starts it,
/// [Gateway] wires its parts.
///
/// Packages, each may use the ones before it: `problem`, `route` (who is served where), `upstream`
/// (the instances now), `traffic` (requests), `config`, `admin`.
///
/// Deliberately not here: deciding about a rollout. The gateway is told.
@NullMarked
package tranche.gateway;

import org.jspecify.annotations.NullMarked;
