package tranche.server;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tranche.core.secret.Secret;

/// Where the API is served, and to whom.
///
/// `host` is the name or address to listen on; `port` 0 means any free one. `names` are further
/// names under which requests may ask for this server; it always answers to `host` and to those of
/// the loopback interface.
public record HttpSettings(String host, int port, Secret token, String version, Set<String> names) {
  public HttpSettings {
    Objects.requireNonNull(token);
    Objects.requireNonNull(version);
    names = Set.copyOf(names);
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("address " + host + ":" + port);
    }
  }

  /// The loopback interface only.
  public static HttpSettings loopback(int port, Secret token, String version) {
    return new HttpSettings("127.0.0.1", port, token, version, Set.of());
  }

  Set<String> allNames() {
    Set<String> all = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    all.add(host.contains(":") ? "[" + host + "]" : host);
    all.addAll(names);
    return Set.copyOf(all.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList());
  }
}
