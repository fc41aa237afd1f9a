package tranche.gateway.config;

import java.nio.file.Path;
import tranche.gateway.traffic.Secret;
import tranche.gateway.traffic.TrafficRules;
import tranche.gateway.upstream.HealthRules;

/// Everything a gateway process is told at its start.
///
/// @param ports where it is reached
/// @param stateFolder absolute; holds the routing table and the process description
/// @param maxConnectionsPerInstance most requests in flight per instance
/// @param traffic how requests are admitted and forwarded
/// @param health how readiness is checked
public record GatewayConfig(
    Ports ports,
    Path stateFolder,
    int maxConnectionsPerInstance,
    TrafficRules traffic,
    HealthRules health) {

  /// Where clients and control planes reach the gateway.
  ///
  /// @param listen where clients connect
  /// @param admin where the control plane connects; loopback only
  /// @param adminToken bearer token of the admin interface
  public record Ports(Address listen, Address admin, Secret adminToken) {}

  /// An address to listen on; port 0 lets the system choose.
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
