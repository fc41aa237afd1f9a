package tranche.postgres.control;

import java.time.Duration;

/// The bounds of what one call may ask for.
final class Limits {
  /// The most entries, plans or rollouts that one call returns.
  static final int PAGE = 10_000;

  /// The most events that one append takes.
  static final int APPEND = 10_000;

  /// The longest lease.
  static final Duration LEASE = Duration.ofHours(1);

  private Limits() {}

  /// A page must not be shortened silently: a reader takes a short page for the last one.
  static int page(int limit) {
    if (limit < 1 || limit > PAGE) {
      throw new IllegalArgumentException("limit " + limit + " is not in 1.." + PAGE);
    }
    return limit;
  }

  static Duration lease(Duration time) {
    if (!time.isPositive() || time.compareTo(LEASE) > 0) {
      throw new IllegalArgumentException("a lease of " + time);
    }
    return time;
  }
}
