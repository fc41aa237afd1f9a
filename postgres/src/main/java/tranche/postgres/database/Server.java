package tranche.postgres.database;

import java.util.Objects;
import java.util.regex.Pattern;

/// A PostgreSQL server.
///
/// @param host a host name or an IP address; nothing else, because the driver makes a URL of it
/// @param port TCP port, 1 to 65535
/// @param ssl how the connection is protected
public record Server(String host, int port, SslMode ssl) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]{2,45}]");

  /// Checks the fields.
  ///
  /// @throws IllegalArgumentException if the host or the port cannot be one
  public Server {
    Objects.requireNonNull(ssl);
    if (!NAME.matcher(host).matches() && !IPV6.matcher(host).matches()) {
      throw new IllegalArgumentException("'" + host + "' is neither a host name nor an address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
