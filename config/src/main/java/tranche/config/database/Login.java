package tranche.config.database;

import java.util.Objects;
import tranche.core.secret.Secret;

/// A role of a database and its password.
public record Login(String user, Secret password) {
  public Login {
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
  }
}
