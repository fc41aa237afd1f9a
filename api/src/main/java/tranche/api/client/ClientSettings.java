package tranche.api.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import tranche.core.secret.Secret;

/// Where the control plane is and who asks.
///
/// `server` is its root, for instance `http://127.0.0.1:8080`. `user` is the label under which what
/// is asked is written into the journal: 1 to 64 printable ASCII characters. `timeout` is how long
/// an answer may take; a plan for a large fleet takes seconds.
public record ClientSettings(URI server, Secret token, String user, Duration timeout) {
  /// How long an answer may take when nobody says.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  public ClientSettings {
    Objects.requireNonNull(token);
    if (server.getHost() == null || !server.toString().startsWith("http")) {
      throw new IllegalArgumentException("server address " + server);
    }
    if (!user.matches("[\\x20-\\x7e]{1,64}") || user.isBlank()) {
      throw new IllegalArgumentException("user '" + user + "'");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout);
    }
  }

  URI at(String pathAndQuery) {
    String root = server.toString();
    return URI.create(
        (root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + pathAndQuery);
  }
}
