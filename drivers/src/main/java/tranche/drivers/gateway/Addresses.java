package tranche.drivers.gateway;

import java.net.URI;
import java.util.Set;

/// Addresses of the gateway.
final class Addresses {
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]");

  private Addresses() {}

  /// Where this machine reaches what listens on that host.
  static String reachable(String host) {
    return ANY.contains(host) ? "127.0.0.1" : host;
  }

  static URI http(String host, int port) {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return URI.create("http://" + (bare ? "[" + host + "]" : host) + ":" + port);
  }
}
