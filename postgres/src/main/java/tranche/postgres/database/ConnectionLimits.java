package tranche.postgres.database;

import java.time.Duration;

/// How many connections may be open, and how long things on them may take.
///
/// @param perDatabase connections to one database at once
/// @param perServer connections in use on one server at once, over all its databases
/// @param patience how long to wait for a free connection or for the server to answer a login
/// @param silence how long a server may be silent in the middle of a statement until the connection
///   is given up; longer than any statement may take
public record ConnectionLimits(
    int perDatabase, int perServer, Duration patience, Duration silence) {
  /// Four per database and 16 per server: more than that, changing schemas gets slower, not faster.
  public static final ConnectionLimits ORDINARY =
      new ConnectionLimits(4, 16, Duration.ofSeconds(30), Duration.ofMinutes(70));

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a limit is not positive or the wait is below a second
  public ConnectionLimits {
    if (perDatabase < 1 || perServer < 1 || patience.toSeconds() < 1 || silence.toSeconds() < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
