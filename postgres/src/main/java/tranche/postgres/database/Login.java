package tranche.postgres.database;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import tranche.core.secret.Secret;

/// As whom to sign in.
///
/// @param user a role of 1 to 63 bytes without control characters
/// @param password of that role; empty where the server asks for none, or the driver finds it in
///   the user's password file
public record Login(String user, Optional<Secret> password) {
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

  /// Signs in with a password.
  public Login(String user, Secret password) {
    this(user, Optional.of(password));
  }

  /// The password of a role that must have one.
  ///
  /// @throws IllegalStateException if it has none
  public Secret requirePassword() {
    return password.orElseThrow(() -> new IllegalStateException("no password for " + user));
  }
}
