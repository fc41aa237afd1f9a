package tranche.config.database;

import java.util.Objects;
import java.util.Optional;

/// How instances of the application sign in to a database. Without a login one is generated, which
/// only the embedded server allows. `maxConnections` (1 to 1,000) is per instance.
public record ApplicationAccess(Optional<Login> login, int maxConnections) {
  /// What holds for an embedded database that says nothing about it.
  public static final ApplicationAccess GENERATED = new ApplicationAccess(Optional.empty(), 8);

  public ApplicationAccess {
    Objects.requireNonNull(login);
  }
}
