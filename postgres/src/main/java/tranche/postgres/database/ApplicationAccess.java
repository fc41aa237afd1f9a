package tranche.postgres.database;

import java.util.Objects;

/// How the application reaches a database.
///
/// @param login the role that it signs in as: never a superuser, never past row-level security
/// @param maxConnections how many connections one instance of it may open, 1 to 1000
public record ApplicationAccess(Login login, int maxConnections) {
  /// Checks the number.
  ///
  /// @throws IllegalArgumentException if the number is out of range
  public ApplicationAccess {
    Objects.requireNonNull(login);
    if (maxConnections < 1 || maxConnections > 1_000) {
      throw new IllegalArgumentException("maxConnections " + maxConnections + " is not in 1..1000");
    }
  }
}
