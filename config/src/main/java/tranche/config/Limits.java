package tranche.config;

import java.time.Duration;

/// Bounds for the work on instances and stores: how long an instance may take to become ready, how
/// many stores are worked on at once, and PostgreSQL's timeouts for each statement.
public record Limits(
    Duration ready, int parallel, Duration lockTimeout, Duration statementTimeout) {
  /// What holds when nothing is said. The wait for a lock is shorter than PostgreSQL's
  /// `deadlock_timeout` of one second.
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(60), 8, Duration.ofMillis(800), Duration.ofMinutes(10));
}
