package tranche.engine.fanout;

import java.time.Duration;
import java.util.Objects;

/// How long the change of one store may take and wait.
///
/// @param lockTimeout how long a statement waits for a lock before the transaction is given up and
///   tried again
/// @param lockTries how often it is tried; between tries there is a growing pause with jitter
/// @param statementTimeout how long one statement may run
/// @param recycleAfter after how many stores a connection is replaced, because a backend keeps
///   every relation that it has touched in memory
public record ChangeLimits(
    Duration lockTimeout, int lockTries, Duration statementTimeout, int recycleAfter) {
  /// 800 ms for a lock, 13 tries, 15 minutes for a statement, 500 stores for a connection.
  ///
  /// The wait for a lock is shorter than PostgreSQL's `deadlock_timeout` of one second: where an
  /// application and a change wait for each other, the change gives up before the server looks for
  /// a deadlock and ends the application's statement.
  public static final ChangeLimits ORDINARY =
      new ChangeLimits(Duration.ofMillis(800), 13, Duration.ofMinutes(15), 500);

  public ChangeLimits {
    Objects.requireNonNull(lockTimeout);
    Objects.requireNonNull(statementTimeout);
    if (!lockTimeout.isPositive()
        || !statementTimeout.isPositive()
        || lockTries < 1
        || recycleAfter < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
