package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  void nothing_is_said_before_a_few_have_ended() {
    assertThat(Pace.from(START).eta(100)).isEqualTo(new Eta.Unknown());
    assertThat(steady(1, 2).eta(100)).isEqualTo(new Eta.Unknown());
    assertThat(steady(1, 3).eta(100)).isInstanceOf(Eta.Between.class);
    assertThat(steady(100, 1).with(START.plusMillis(1100), 110).eta(100))
        .isInstanceOf(Eta.Between.class);
  }

  @Test
  void an_early_range_is_wide_and_holds_the_truth_and_gets_narrower() {
    double width = Double.MAX_VALUE;
    for (int seconds : List.of(2, 10, 60, 300)) {
      Eta.Between eta = (Eta.Between) steady(2, seconds).eta(1_000);

      assertThat(eta.low()).isLessThanOrEqualTo(secs(500));
      assertThat(eta.high()).isGreaterThanOrEqualTo(secs(500));
      double now = (double) eta.high().toMillis() / eta.low().toMillis();
      assertThat(now).isLessThanOrEqualTo(width * 1.02);
      width = now;
    }
    assertThat(width).isLessThan(1.6);
  }

  @Test
  void stores_of_a_minute_each_get_a_range_too() {
    Pace pace = Pace.from(START);
    for (int second = 1; second <= 1_200; second++) {
      pace = pace.with(START.plusSeconds(second), second / 60 * 4L);
    }

    assertThat(pace.eta(40))
        .isInstanceOfSatisfying(
            Eta.Between.class,
            b -> {
              assertThat(b.low()).isLessThan(Duration.ofMinutes(10));
              assertThat(b.high()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(20));
            });
    assertThat(pace.samples()).hasSizeLessThan(100);
  }

  @Test
  void ranges_hold_the_truth_for_most_runs_of_chance() {
    int held = 0;
    for (int seed = 1; seed <= 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Pace pace = Pace.from(START);
      long done = 0;
      for (int tick = 1; tick <= 40; tick++) {
        done += random.nextInt(4) == 0 ? 1 : 0;
        pace = pace.with(START.plusMillis(tick * 250L), done);
      }
      // One store per second is the truth: 60 more take a minute.
      held +=
          pace.eta(60) instanceof Eta.Between(var low, var high)
                  && low.compareTo(secs(60)) <= 0
                  && high.compareTo(secs(60)) >= 0
              ? 1
              : 0;
    }
    assertThat(held).isGreaterThan(170);
  }

  @Test
  void the_time_before_the_first_change_says_nothing() {
    Pace pace = Pace.from(START);
    for (int tick = 1; tick <= 80; tick++) {
      pace = pace.with(START.plusMillis(tick * 250L), 0);
    }
    assertThat(pace.eta(100)).isEqualTo(new Eta.Unknown());
    pace = pace.afresh(START.plusSeconds(20));
    for (int tick = 1; tick <= 20; tick++) {
      pace = pace.with(START.plusSeconds(20).plusMillis(tick * 250L), tick * 5L);
    }

    assertThat(pace.rate()).isBetween(19.0, 21.0);
    assertThat(pace.start()).isEqualTo(START);
  }

  @Test
  void a_first_store_that_does_not_end_is_a_stall_after_a_minute() {
    Pace pace = Pace.from(START);
    for (int second = 1; second <= 70; second++) {
      pace = pace.with(START.plusSeconds(second), 0);
    }

    assertThat(pace.eta(50)).isInstanceOf(Eta.Stalled.class);
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
