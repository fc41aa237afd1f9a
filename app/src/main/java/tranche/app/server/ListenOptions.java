package tranche.app.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.config.ControlPlane;
import tranche.config.GatewayConfig;
import tranche.config.ListenAddress;
import tranche.config.TrancheConfig;

/// Addresses from the command line, which go before those of the configuration.
final class ListenOptions {
  private static final Pattern FORM =
      Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):(?<port>[0-9]{1,5})");
  private static final int PORT_MAX = 65_535;

  private ListenOptions() {}

  /// @throws tranche.core.problem.ProblemException [LocalProblem.ListenAddressMalformed]
  static TrancheConfig apply(
      TrancheConfig config, Optional<String> listen, Optional<String> gatewayListen) {
    ControlPlane plane = config.controlPlane();
    GatewayConfig gateway = config.gateway();
    return new TrancheConfig(
        config.file(),
        config.about(),
        new ControlPlane(
            plane.data(), listen.map(ListenOptions::address).orElse(plane.listen()), plane.store()),
        new GatewayConfig(
            gatewayListen.map(ListenOptions::address).orElse(gateway.listen()),
            gateway.tenantFrom(),
            gateway.tenantHeader(),
            gateway.userHeader()),
        config.fleet(),
        config.policy(),
        config.suites(),
        config.limits(),
        config.schema());
  }

  private static ListenAddress address(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > PORT_MAX) {
      throw new LocalProblem.ListenAddressMalformed(text).exception();
    }
    String host = matcher.group("host").replaceAll("[\\[\\]]", "");
    return new ListenAddress(host, Integer.parseInt(matcher.group("port")));
  }
}
