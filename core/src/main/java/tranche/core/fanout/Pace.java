package tranche.core.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How fast stores ended lately, from which follows how long the rest takes.
///
/// Looks back one minute, in some twenty samples. The range comes from how much the rate differed
/// between samples: a steady run gets a narrow one. Immutable.
///
/// @param start when the run began
/// @param samples the oldest first
public record Pace(Instant start, List<Sample> samples) {
  private static final Duration LOOK_BACK = Duration.ofSeconds(60);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(3);
  private static final Duration SHORTEST_STEP = Duration.ofMillis(100);
  private static final Duration STALL = Duration.ofSeconds(10);
  private static final int ENOUGH_DONE = 20;
  private static final int ENOUGH_SAMPLES = 4;
  private static final double TOO_SLOW_TO_TELL = 10;

  /// How many stores had ended at a time.
  public record Sample(Instant at, long done) {}

  public Pace {
    Objects.requireNonNull(start);
    samples = List.copyOf(samples);
  }

  /// Nothing has ended yet.
  public static Pace from(Instant start) {
    return new Pace(start, List.of(new Sample(start, 0)));
  }

  /// With what is done now. Samples that come faster than they are needed replace the last one.
  public Pace with(Instant now, long done) {
    List<Sample> next = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.at().plus(LOOK_BACK).isAfter(now)) {
        next.add(sample);
      }
    }
    if (next.isEmpty()) {
      next.add(samples.getLast());
    }
    // The last one is provisional until it is a whole step after the one before.
    if (next.size() >= 2
        && next.getLast().at().isBefore(next.get(next.size() - 2).at().plus(step(now)))) {
      next.removeLast();
    }
    if (now.isAfter(next.getLast().at())) {
      next.add(new Sample(now, done));
    }
    return new Pace(start, next);
  }

  private Duration step(Instant now) {
    Duration step = Duration.between(samples.getFirst().at(), now).dividedBy(20);
    if (step.compareTo(SHORTEST_STEP) < 0) {
      return SHORTEST_STEP;
    }
    return step.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : step;
  }

  /// Stores per second over the time looked at; 0 if none ended.
  public double rate() {
    return rate(samples.getFirst(), samples.getLast());
  }

  private static double rate(Sample from, Sample to) {
    double seconds = Duration.between(from.at(), to.at()).toNanos() / 1e9;
    return seconds <= 0 ? 0 : (to.done() - from.done()) / seconds;
  }

  /// How long that many more stores take.
  public Eta eta(long remaining) {
    Sample last = samples.getLast();
    Instant moved = lastMoved();
    double rate = rate();
    Duration usual = rate > 0 ? Duration.ofNanos((long) (20e9 / rate)) : STALL;
    Duration patience = usual.compareTo(STALL) > 0 ? usual : STALL;
    Duration quiet = Duration.between(moved, last.at());
    if (remaining > 0 && quiet.compareTo(patience) >= 0) {
      return new Eta.Stalled(moved, quiet);
    }
    boolean isEnough = last.done() >= ENOUGH_DONE && samples.size() >= ENOUGH_SAMPLES && rate > 0;
    return isEnough ? between(remaining, rate) : new Eta.Unknown();
  }

  private Instant lastMoved() {
    long done = samples.getLast().done();
    for (Sample sample : samples) {
      if (sample.done() == done) {
        return sample.at();
      }
    }
    return samples.getLast().at();
  }

  private Eta between(long remaining, double rate) {
    double spread = Math.max(0.1 * rate, 1.5 * deviation(rate) / Math.sqrt(samples.size() - 1));
    double slow = rate - spread;
    if (slow * TOO_SLOW_TO_TELL < rate) {
      return new Eta.Unknown();
    }
    return new Eta.Between(seconds(remaining / (rate + spread)), seconds(remaining / slow));
  }

  private double deviation(double mean) {
    double sum = 0;
    for (int i = 1; i < samples.size(); i++) {
      double off = rate(samples.get(i - 1), samples.get(i)) - mean;
      sum += off * off;
    }
    return Math.sqrt(sum / (samples.size() - 1));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) Math.min(1e12, seconds * 1000));
  }
}
