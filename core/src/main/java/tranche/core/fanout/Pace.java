package tranche.core.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How fast stores ended lately, from which follows how long the rest takes.
///
/// Looks back one minute, or further until twenty stores have ended: where each takes a minute, a
/// minute says nothing. The range comes from what is known. How many ended in a time is partly
/// chance, the more so the fewer there are, and how much the rate differed between samples shows
/// how even the run is. So there is an answer after a few stores, a wide one, which gets narrower.
/// Immutable.
///
/// @param start when the run began
/// @param samples the oldest first
public record Pace(Instant start, List<Sample> samples) {
  private static final Duration LOOK_BACK = Duration.ofSeconds(60);
  private static final Duration SHORTEST_STEP = Duration.ofMillis(100);
  private static final Duration STALL = Duration.ofSeconds(10);
  private static final Duration FIRST_STALL = Duration.ofSeconds(60);
  private static final int STEPS = 20;
  private static final int WANTED_IN_SIGHT = 20;
  private static final int ENOUGH_ENDED = 3;
  private static final int ENOUGH_SAMPLES = 4;
  private static final long ENDED_PER_SAMPLE = 2L;
  private static final double CHANCE = 0.75;
  private static final double WIDEST = 5;

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
    List<Sample> next = new ArrayList<>(samples.subList(firstInSight(now, done), samples.size()));
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

  private int firstInSight(Instant now, long done) {
    int first = 0;
    while (first + 1 < samples.size()
        && !samples.get(first).at().plus(LOOK_BACK).isAfter(now)
        && done - samples.get(first + 1).done() >= WANTED_IN_SIGHT) {
      first++;
    }
    return first;
  }

  private Duration step(Instant now) {
    Duration step = Duration.between(samples.getFirst().at(), now).dividedBy(STEPS);
    return step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step;
  }

  /// The same from now on: what happened before says nothing about what comes.
  public Pace afresh(Instant now) {
    return new Pace(start, List.of(new Sample(now, samples.getLast().done())));
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
    Duration quiet = Duration.between(moved, last.at());
    if (remaining > 0 && quiet.compareTo(patience(rate)) >= 0) {
      return new Eta.Stalled(moved, quiet);
    }
    return ended() >= ENOUGH_ENDED && rate > 0 ? between(remaining, rate) : new Eta.Unknown();
  }

  private long ended() {
    return samples.getLast().done() - samples.getFirst().done();
  }

  private Duration patience(double rate) {
    if (rate <= 0) {
      return samples.getLast().done() > 0 ? STALL : FIRST_STALL;
    }
    Duration usual = Duration.ofNanos((long) (STEPS * 1e9 / rate));
    return usual.compareTo(STALL) > 0 ? usual : STALL;
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
    double ended = ended();
    // The root of a count of chance events varies by a half, whatever the count.
    double few = Math.pow(Math.sqrt(ended) - CHANCE, 2) / ended;
    double many = Math.pow(Math.sqrt(ended + 1) + CHANCE, 2) / ended;
    double uneven = Math.max(0.1, unevenness(rate));
    double slow = rate * Math.max(1 / WIDEST, Math.min(few, 1 - uneven));
    double fast = rate * Math.max(many, 1 + uneven);
    return new Eta.Between(seconds(remaining / fast), seconds(remaining / slow));
  }

  private double unevenness(double rate) {
    // Where fewer end than samples are taken, samples differ by chance alone.
    boolean isTelling =
        samples.size() >= ENOUGH_SAMPLES && ended() >= ENDED_PER_SAMPLE * samples.size();
    return !isTelling ? 0 : 1.5 * deviation(rate) / Math.sqrt(samples.size() - 1) / rate;
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
