package tranche.engine.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import tranche.core.fanout.ServerWindow;
import tranche.core.fanout.StoreOutcome.Timing;

/// Gathers what was seen of a server until it is enough to learn from. Belongs to a [Lane], whose
/// lock guards it.
final class LaneWindow {
  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final int ENOUGH = 8;
  private static final int SAMPLES = 512;

  private final long[] nanos = new long[SAMPLES];
  private Instant since;
  private int done;
  private long total;
  private long waiting;

  LaneWindow(Instant since) {
    this.since = since;
  }

  void add(Timing timing) {
    nanos[done % SAMPLES] = timing.total().toNanos();
    done++;
    total += timing.total().toNanos();
    waiting += timing.waiting().toNanos();
  }

  /// Whether enough was seen at that parallelism.
  boolean isEnough(Instant now, int parallel) {
    Duration age = Duration.between(since, now);
    boolean isLong = age.compareTo(SHORTEST) >= 0 && done >= Math.max(ENOUGH, 2 * parallel);
    return isLong || (age.compareTo(LONGEST) >= 0 && done > 0);
  }

  /// What was seen; the next window begins.
  ServerWindow close(Instant now, Surroundings around) {
    Duration elapsed = Duration.between(since, now);
    ServerWindow window =
        new ServerWindow(
            done,
            elapsed.isPositive() ? elapsed : Duration.ofNanos(1),
            p95(),
            total == 0 ? 0 : (double) waiting / total,
            around.isShort(),
            around.lag(),
            around.cap(),
            around.queued());
    since = now;
    done = 0;
    total = 0;
    waiting = 0;
    return window;
  }

  /// What was not seen at the stores.
  record Surroundings(boolean isShort, Optional<Duration> lag, int cap, int queued) {}

  private Duration p95() {
    int count = Math.min(done, SAMPLES);
    if (count == 0) {
      return Duration.ZERO;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[(int) Math.ceil(count * 0.95) - 1]);
  }
}
