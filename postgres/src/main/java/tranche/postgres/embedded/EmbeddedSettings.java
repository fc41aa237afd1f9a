package tranche.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// What an embedded server is started with.
///
/// @param folder everything the server owns lives below it; created when missing, readable by its
///   owner only
/// @param preferredPort TCP port on 127.0.0.1, or 0 to have one chosen. A chosen port is remembered
///   in the folder and used again while it is free.
/// @param parameters PostgreSQL settings laid over the defaults of [ServerParameters]; those that
///   would make the server unsafe or unreachable are refused
/// @param startLimit how long the server may take until it answers, crash recovery included
public record EmbeddedSettings(
    Path folder, int preferredPort, Map<String, String> parameters, Duration startLimit) {

  /// Copies the parameters and checks the ranges.
  ///
  /// @throws IllegalArgumentException when the port is no TCP port or the limit is not positive
  public EmbeddedSettings {
    Objects.requireNonNull(folder);
    parameters = Map.copyOf(parameters);
    if (preferredPort < 0 || preferredPort > 65_535) {
      throw new IllegalArgumentException("port " + preferredPort + " is not in 0..65535");
    }
    if (!startLimit.isPositive()) {
      throw new IllegalArgumentException("start limit " + startLimit + " is not positive");
    }
  }

  /// The ordinary settings for a folder: any port, no parameters of its own, 60 seconds.
  public static EmbeddedSettings in(Path folder) {
    return new EmbeddedSettings(folder, 0, Map.of(), Duration.ofSeconds(60));
  }
}
