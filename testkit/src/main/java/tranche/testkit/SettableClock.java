package tranche.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands until it is set. Safe for use by many threads.
public final class SettableClock extends Clock {
  private Instant now;

  /// A clock that stands at that time.
  public SettableClock(Instant start) {
    this.now = start;
  }

  /// A clock that stands at noon of an ordinary day.
  public static SettableClock atNoon() {
    return new SettableClock(Instant.parse("2026-11-02T12:00:00Z"));
  }

  /// Lets time pass; a negative duration turns it back.
  ///
  /// @return the time it is now
  public synchronized Instant advance(Duration time) {
    now = now.plus(time);
    return now;
  }

  /// Sets the time, forwards or backwards.
  public synchronized void set(Instant time) {
    now = time;
  }

  @Override
  public synchronized Instant instant() {
    return now;
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
