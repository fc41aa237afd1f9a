package issuetracker.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Durations counted in buckets that grow by 2 %, which is then the error of a percentile.
final class Latencies {
  private static final double GROWTH = Math.log(1.02);
  private static final int BUCKETS = 1_000;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private final AtomicLong maxNanos = new AtomicLong();

  void add(long nanos) {
    double micros = Math.max(1, nanos / 1_000.0);
    counts.incrementAndGet(Math.min(BUCKETS - 1, (int) (Math.log(micros) / GROWTH)));
    maxNanos.accumulateAndGet(nanos, Math::max);
  }

  /// Percentiles so far.
  Percentiles percentiles() {
    long total = 0;
    for (int i = 0; i < BUCKETS; i++) {
      total += counts.get(i);
    }
    return new Percentiles(
        at(0.50, total), at(0.95, total), at(0.99, total), round(maxNanos.get() / 1e6));
  }

  private double at(double share, long total) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < BUCKETS && total > 0; i++) {
      seen += counts.get(i);
      if (seen >= wanted) {
        return round(Math.min(Math.exp((i + 1) * GROWTH) / 1_000, maxNanos.get() / 1e6));
      }
    }
    return 0;
  }

  private static double round(double millis) {
    return Math.round(millis * 100) / 100.0;
  }

  /// Milliseconds from when a request was due to when its answer was judged.
  record Percentiles(double p50, double p95, double p99, double max) {}
}
