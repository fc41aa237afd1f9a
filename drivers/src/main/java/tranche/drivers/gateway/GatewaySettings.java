package tranche.drivers.gateway;

import java.nio.file.Path;
import java.util.List;
import tranche.core.secret.Secret;

/// What a gateway process is started with. A change takes effect when the gateway is started next.
///
/// @param folder belongs to the gateway alone: configuration, state and log
/// @param adminPort on the loopback address; 0 lets the system choose
public record GatewaySettings(
    Path folder, Program program, Front front, int adminPort, Tokens tokens) {
  public GatewaySettings {
    folder = folder.toAbsolutePath().normalize();
  }

  /// The Java executable, its options and the class path with the gateway on it.
  public record Program(Path java, List<String> options, String classPath) {
    public Program {
      options = List.copyOf(options);
    }
  }

  /// Where customers' requests arrive, and what names their tenant and user.
  ///
  /// @param port 0 lets the system choose, anew at each start
  /// @param tenantFrom `host`, `header` or both
  public record Front(
      String host, int port, List<String> tenantFrom, String tenantHeader, String userHeader) {
    public Front {
      tenantFrom = List.copyOf(tenantFrom);
    }
  }

  /// Who may change the routes, and who may reach an arm without traffic; 16 characters or more.
  public record Tokens(Secret admin, Secret preview) {}
}
