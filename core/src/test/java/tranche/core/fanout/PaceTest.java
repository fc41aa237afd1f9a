package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaceTest {
  private static final Instant START = Instant.parse("2026-11-02T12:00:00Z");

  private static Pace steady(double perSecond, int seconds) {
    Pace pace = Pace.from(START);
    for (int tick = 1; tick <= seconds * 4; tick++) {
      pace = pace.with(START.plusMillis(tick * 250L), (long) (perSecond * tick / 4));
    }
    return pace;
  }

  @Test
  void nothing_is_said_before_enough_is_done() {
    assertThat(Pace.from(START).eta(100)).isEqualTo(new Eta.Unknown());
    assertThat(steady(2, 5).eta(100)).isEqualTo(new Eta.Unknown());
    assertThat(steady(100, 1).with(START.plusMillis(1100), 110).eta(100))
        .isInstanceOf(Eta.Between.class);
  }

  @Test
  void a_steady_run_gets_a_narrow_range_around_the_truth() {
    Eta eta = steady(50, 30).eta(3_000);

    assertThat(eta)
        .isInstanceOfSatisfying(
            Eta.Between.class,
            b -> {
              assertThat(b.low()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
              assertThat(b.high()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
            });
  }

  @Test
  void an_uneven_run_gets_a_wider_range() {
    SplittableRandom random = new SplittableRandom(1);
    Pace pace = Pace.from(START);
    long done = 0;
    for (int second = 1; second <= 60; second++) {
      done += random.nextInt(10) == 0 ? 300 : 10;
      pace = pace.with(START.plusSeconds(second), done);
    }
    Eta.Between uneven = (Eta.Between) pace.eta(1_000);
    Eta.Between even = (Eta.Between) steady(pace.rate(), 60).eta(1_000);

    assertThat(uneven.high().minus(uneven.low())).isGreaterThan(even.high().minus(even.low()));
  }

  @Test
  void only_the_last_minute_counts() {
    Pace pace = Pace.from(START);
    long done = 0;
    for (int second = 1; second <= 300; second++) {
      done += second <= 200 ? 100 : 10;
      pace = pace.with(START.plusSeconds(second), done);
    }

    assertThat(pace.rate()).isBetween(9.5, 10.5);
    assertThat(pace.samples()).hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void a_stall_is_said_as_one() {
    Pace pace = steady(10, 20);
    for (int second = 21; second <= 40; second++) {
      pace = pace.with(START.plusSeconds(second), 200);
    }

    assertThat(pace.eta(50))
        .isInstanceOfSatisfying(
            Eta.Stalled.class, s -> assertThat(s.lasting()).isBetween(secs(18), secs(21)));
    assertThat(pace.eta(50).toString()).startsWith("stalled for ");
  }

  private static Duration secs(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void slow_stores_are_no_stall() {
    Pace pace = Pace.from(START);
    for (int second = 1; second <= 600; second++) {
      pace = pace.with(START.plusSeconds(second), second / 12);
    }

    assertThat(pace.eta(50)).isNotInstanceOf(Eta.Stalled.class);
  }

  @ParameterizedTest
  @CsvSource({
    "200, 900, 1 s",
    "40000, 54100, 40-55 s",
    "3000, 3000, 3 s",
    "180000, 230000, 3-4 min",
    "170000, 170000, 2-3 min",
    "7200000, 9000000, 2-3 h"
  })
  void a_range_reads_like_a_person_says_it(long low, long high, String text) {
    assertThat(new Eta.Between(Duration.ofMillis(low), Duration.ofMillis(high))).hasToString(text);
  }
}
