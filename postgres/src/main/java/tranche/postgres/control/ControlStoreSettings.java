package tranche.postgres.control;

import java.time.Duration;
import java.util.Objects;
import tranche.core.secret.Secret;

/// How the control database is reached.
///
/// @param jdbcUrl without user and password
/// @param user an ordinary role that may create a schema in the database
/// @param password of that role
/// @param connections how many connections are kept at most, 2 to 64
/// @param patience how long to wait for a connection, at least a quarter of a second
public record ControlStoreSettings(
    String jdbcUrl, String user, Secret password, int connections, Duration patience) {
  private static final Duration SHORTEST = Duration.ofMillis(250);

  /// Checks the ranges.
  public ControlStoreSettings {
    Objects.requireNonNull(jdbcUrl);
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    if (connections < 2 || connections > 64) {
      throw new IllegalArgumentException(connections + " connections");
    }
    if (patience.compareTo(SHORTEST) < 0 || patience.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("patience of " + patience);
    }
  }

  /// The ordinary settings: eight connections, ten seconds.
  public static ControlStoreSettings of(String jdbcUrl, String user, Secret password) {
    return new ControlStoreSettings(jdbcUrl, user, password, 8, Duration.ofSeconds(10));
  }

  /// The database's place, without parameters: fit to be shown.
  public String where() {
    int parameters = jdbcUrl.indexOf('?');
    return parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
  }
}
