package tranche.core.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// How long a run will go on, as honestly as it can be said.
public sealed interface Eta {
  /// Too little has been done to tell.
  record Unknown() implements Eta {
    @Override
    public String toString() {
      return "unknown";
    }
  }

  /// Nothing has ended for much longer than usual.
  ///
  /// @param since the last store that ended
  /// @param lasting how long that is
  record Stalled(Instant since, Duration lasting) implements Eta {
    public Stalled {
      Objects.requireNonNull(since);
      Objects.requireNonNull(lasting);
    }

    @Override
    public String toString() {
      return "stalled for " + words(lasting, lasting);
    }
  }

  /// Between these two, if the rest goes like what was done lately.
  record Between(Duration low, Duration high) implements Eta {
    public Between {
      if (low.isNegative() || high.compareTo(low) < 0) {
        throw new IllegalArgumentException(low + " to " + high);
      }
    }

    @Override
    public String toString() {
      return words(low, high);
    }
  }

  private static String words(Duration low, Duration high) {
    if (high.toMillis() < 1500) {
      return "1 s";
    }
    if (high.toSeconds() < 100) {
      return range(low.toMillis(), high.toMillis(), 1000, "s");
    }
    return high.toMinutes() < 100
        ? range(low.toMillis(), high.toMillis(), 60_000, "min")
        : range(low.toMillis(), high.toMillis(), 3_600_000, "h");
  }

  private static String range(long low, long high, long unit, String word) {
    long from = Math.max(1, low / unit);
    long to = Math.max(from, Math.ceilDiv(high, unit));
    return from == to ? from + " " + word : from + "-" + to + " " + word;
  }
}
