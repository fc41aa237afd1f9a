package tranche.postgres.embedded;

import tranche.core.secret.Secret;

/// Where a server is and as whom to sign in. The user is the server's superuser.
///
/// @param host always the IPv4 loopback address for an embedded server
/// @param port TCP port
/// @param user role name
/// @param password of that role
public record ServerAddress(String host, int port, String user, Secret password) {
  /// A JDBC URL for one database of the server, without user and password.
  ///
  /// @param database a name that needs no escaping in a URL
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }
}
