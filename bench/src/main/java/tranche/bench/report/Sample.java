package tranche.bench.report;

import java.time.Duration;
import java.util.List;

/// How long the same thing took, measured one or more times.
///
/// @param times in the order in which they were measured; never empty
public record Sample(List<Duration> times) {
  private static final double NANOS = 1e9;

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException when it is empty
  public Sample {
    times = List.copyOf(times);
    if (times.isEmpty()) {
      throw new IllegalArgumentException("a sample needs at least one time");
    }
  }

  /// The middle time; with an even number of times the mean of the two in the middle.
  public Duration median() {
    var sorted = times.stream().sorted().toList();
    int upper = sorted.size() / 2;
    int lower = (sorted.size() - 1) / 2;
    return sorted.get(lower).plus(sorted.get(upper)).dividedBy(2);
  }

  /// The shortest time.
  public Duration min() {
    return times.stream().min(Duration::compareTo).orElseThrow();
  }

  /// The longest time.
  public Duration max() {
    return times.stream().max(Duration::compareTo).orElseThrow();
  }

  /// The median in seconds.
  public double seconds() {
    return seconds(median());
  }

  /// How many times as long this took as the other, by the medians.
  public double times(Sample other) {
    return (double) median().toNanos() / other.median().toNanos();
  }

  /// A time in seconds.
  public static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }
}
