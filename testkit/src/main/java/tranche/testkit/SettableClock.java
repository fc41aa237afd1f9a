package tranche.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands until it is set. Safe for use by many threads.
public final class SettableClock extends Clock {
  private final AtomicReference<Instant> now;

  /// A clock that stands at that time.
  public SettableClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /// A clock that stands at noon of an ordinary day.
  public static SettableClock atNoon() {
    return new SettableClock(Instant.parse("2026-11-02T12:00:00Z"));
  }

  /// Lets time pass; a negative duration turns it back.
  ///
  /// @return the time it is now
  public Instant advance(Duration time) {
    return now.updateAndGet(t -> t.plus(time));
  }

  /// Sets the time, forwards or backwards.
  public void set(Instant time) {
    now.set(time);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Always UTC.
  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /// Zones do not matter here: this clock.
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
