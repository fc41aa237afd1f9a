package tranche.drivers.process;

import tranche.core.secret.Secret;

/// How an application reaches a database: with a login of its own that is bound by row-level
/// security, never with the login that runs migrations.
///
/// @param maxConnections the most connections that one instance may hold, at least 1
public record ApplicationAccess(
    String host, int port, String name, String user, Secret password, int maxConnections) {
  public ApplicationAccess {
    if (port < 1 || port > 65_535 || maxConnections < 1) {
      throw new IllegalArgumentException("port " + port + ", connections " + maxConnections);
    }
  }
}
