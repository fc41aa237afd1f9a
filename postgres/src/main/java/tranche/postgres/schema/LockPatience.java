package tranche.postgres.schema;

import java.time.Duration;

/// How long a change waits for locks. While it waits, the application's own statements queue behind
/// it: so it waits briefly, gives way, and comes back.
///
/// @param timeout how long one statement waits for one lock
/// @param tries how often it is tried in all, 1 to 100
/// @param pause before the second try; doubled for the next three, and varied by chance between
///   half and all of it, so that many stores do not come back at the same time
public record LockPatience(Duration timeout, int tries, Duration pause) {
  /// 800 ms, ten times, 0.2 to 1.6 seconds between. Shorter than PostgreSQL's `deadlock_timeout` of
  /// one second, see [tranche.engine.fanout.ChangeLimits#ORDINARY].
  public static final LockPatience ORDINARY =
      new LockPatience(Duration.ofMillis(800), 10, Duration.ofMillis(200));

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public LockPatience {
    if (timeout.toMillis() < 1 || tries < 1 || tries > 100 || pause.isNegative()) {
      throw new IllegalArgumentException("timeout " + timeout + ", tries " + tries);
    }
  }
}
