package tranche.postgres.database;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tranche.core.secret.Secret;

/// As whom to sign in.
///
/// @param user a role of 1 to 63 bytes without control characters
/// @param password of that role
public record Login(String user, Secret password) {
  /// Checks the name.
  ///
  /// @throws IllegalArgumentException if no role can have that name
  public Login {
    Objects.requireNonNull(password);
    int bytes = user.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > 63 || user.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("'" + user + "' cannot be the name of a role");
    }
  }
}
