package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParallelLimitTest {
  private static final Duration LAG = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofMillis(250);

  /// A server whose throughput over parallelism is known, observed with noise.
  private static final class Server {
    private final IntToDoubleFunction throughput;
    private final double noise;
    private final SplittableRandom random;

    Server(IntToDoubleFunction throughput, double noise, long seed) {
      this.throughput = throughput;
      this.noise = noise;
      this.random = new SplittableRandom(seed);
    }

    ServerWindow observe(int parallel, int cap) {
      double factor = 1 + noise * random.nextDouble(-1, 1);
      double rate = throughput.applyAsDouble(parallel) * factor;
      int done = (int) Math.max(1, Math.round(rate * WINDOW.toMillis() / 1000.0));
      Duration time = Duration.ofNanos((long) (parallel / rate * 1e9));
      return new ServerWindow(done, WINDOW, time, 0, false, Optional.empty(), cap, 1_000_000);
    }

    double best(int cap) {
      double best = 0;
      for (int n = 1; n <= cap; n++) {
        best = Math.max(best, throughput.applyAsDouble(n));
      }
      return best;
    }
  }

  private static double twoCores(int n) {
    return switch (n) {
      case 1 -> 670;
      case 2 -> 950;
      case 3, 4, 5 -> 1_050;
      default -> Math.max(600, 1_050 - 35.0 * (n - 5));
    };
  }

  /// Grows in proportion up to a knee, and then falls by that share per step.
  private static IntToDoubleFunction knee(int knee, double fall) {
    return n -> 100.0 * (n <= knee ? n : knee * Math.max(0.2, 1 - fall * (n - knee)));
  }

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of("two cores", (IntToDoubleFunction) ParallelLimitTest::twoCores, 32),
        Arguments.of("one core", knee(1, 0.05), 32),
        Arguments.of("knee at 3", knee(3, 0.04), 32),
        Arguments.of("knee at 8", knee(8, 0.03), 32),
        Arguments.of("knee at 24", knee(24, 0.02), 64),
        Arguments.of("far away, grows without end", knee(1_000, 0), 64),
        Arguments.of("bends softly", (IntToDoubleFunction) n -> 4_000.0 * n / (n + 12), 64),
        Arguments.of("plateau", knee(6, 0), 32));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void it_ends_near_the_best_limit_and_stays_there(
      String name, IntToDoubleFunction throughput, int cap) {
    for (double noise : new double[] {0, 0.05, 0.1}) {
      for (long seed = 0; seed < 40; seed++) {
        Server server = new Server(throughput, noise, seed);
        List<Integer> limits = limits(server, cap, 160);
        double late =
            limits.subList(80, 160).stream()
                .mapToDouble(n -> throughput.applyAsDouble(n))
                .average()
                .orElseThrow();
        assertThat(late)
            .as("%s, noise %s, seed %d: %s", name, noise, seed, limits)
            .isGreaterThan(0.8 * server.best(cap));
        assertThat(changes(limits.subList(80, 160)))
            .as("%s, noise %s, seed %d: %s", name, noise, seed, limits)
            .isLessThanOrEqualTo(20);
      }
    }
  }

  private static List<Integer> limits(Server server, int cap, int windows) {
    ParallelLimit limit = ParallelLimit.within(ParallelBounds.adaptive(cap, LAG));
    List<Integer> limits = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      limits.add(limit.limit());
      limit = limit.next(server.observe(limit.limit(), cap));
      assertThat(limit.limit()).isBetween(1, cap);
    }
    return limits;
  }

  private static long changes(List<Integer> limits) {
    long changes = 0;
    for (int i = 1; i < limits.size(); i++) {
      changes += limits.get(i).equals(limits.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  @Test
  void on_two_cores_it_begins_where_it_should_stay() {
    List<Integer> limits = limits(new Server(ParallelLimitTest::twoCores, 0.03, 7), 32, 100);

    assertThat(limits.subList(0, 3)).containsOnly(4);
    assertThat(limits).allMatch(n -> n <= 6);
  }

  @Test
  void a_server_that_grows_without_end_is_used_to_the_cap_within_ten_seconds() {
    List<Integer> limits = limits(new Server(knee(1_000, 0), 0.05, 7), 64, 40);

    assertThat(limits).contains(64);
  }

  private static ServerWindow calm(int cap) {
    return new ServerWindow(
        100, WINDOW, Duration.ofMillis(10), 0, false, Optional.empty(), cap, 1_000);
  }

  private static ServerWindow distress(String kind) {
    ServerWindow c = calm(32);
    return switch (kind) {
      case "short" ->
          new ServerWindow(c.done(), WINDOW, c.p95(), 0, true, Optional.empty(), 32, 1_000);
      case "lag" ->
          new ServerWindow(
              c.done(), WINDOW, c.p95(), 0, false, Optional.of(LAG.plusSeconds(1)), 32, 1_000);
      case "locks" ->
          new ServerWindow(c.done(), WINDOW, c.p95(), 0.5, false, Optional.empty(), 32, 1_000);
      case "slow" ->
          new ServerWindow(
              20, WINDOW, Duration.ofMillis(90), 0, false, Optional.empty(), 32, 1_000);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "lag", "locks", "slow"})
  void distress_halves_it_at_once_and_it_comes_back(String kind) {
    ParallelLimit limit = ParallelLimit.within(ParallelBounds.fixed(16, LAG));
    for (int i = 0; i < 5; i++) {
      limit = limit.next(calm(32));
    }
    assertThat(limit.limit()).isEqualTo(16);

    limit = limit.next(distress(kind));
    assertThat(limit.limit()).isEqualTo(8);
    for (int i = 0; i < 4; i++) {
      limit = limit.next(calm(32));
      assertThat(limit.limit()).as("rests first").isEqualTo(8);
    }
    for (int i = 0; i < 40; i++) {
      limit = limit.next(calm(32));
    }
    assertThat(limit.limit()).isEqualTo(16);
  }

  @Test
  void lasting_distress_leads_to_one_and_no_further() {
    ParallelLimit limit = ParallelLimit.within(ParallelBounds.adaptive(32, LAG));
    for (int i = 0; i < 20; i++) {
      limit = limit.next(distress("short"));
    }

    assertThat(limit.limit()).isEqualTo(1);
  }

  @Test
  void episodes_of_shortage_are_survived_and_forgotten() {
    for (long seed = 0; seed < 20; seed++) {
      Server server = new Server(knee(16, 0.03), 0.05, seed);
      ParallelLimit limit = ParallelLimit.within(ParallelBounds.adaptive(64, LAG));
      int refused = 0;
      for (int i = 0; i < 400; i++) {
        boolean isShort = i >= 100 && i < 140 && limit.limit() > 4;
        refused += isShort ? 1 : 0;
        ServerWindow seen = server.observe(limit.limit(), 64);
        limit =
            limit.next(
                isShort
                    ? new ServerWindow(
                        seen.done(), WINDOW, seen.p95(), 0, true, Optional.empty(), 64, 1_000_000)
                    : seen);
      }
      assertThat(refused).as("seed %d", seed).isLessThanOrEqualTo(10);
      assertThat(knee(16, 0.03).applyAsDouble(limit.limit()))
          .as("seed %d: %d", seed, limit.limit())
          .isGreaterThan(0.75 * server.best(64));
    }
  }

  @Test
  void a_cap_that_shrinks_is_kept_at_once() {
    ParallelLimit limit = ParallelLimit.within(ParallelBounds.fixed(16, LAG));

    assertThat(limit.next(calm(5)).limit()).isEqualTo(5);
  }

  @Test
  void a_number_that_somebody_gave_is_not_searched_around() {
    Server server = new Server(knee(2, 0.05), 0.1, 3);
    ParallelLimit limit = ParallelLimit.within(ParallelBounds.fixed(12, LAG));
    for (int i = 0; i < 200; i++) {
      limit = limit.next(server.observe(limit.limit(), 64));
      assertThat(limit.limit()).isEqualTo(12);
    }
  }

  @Test
  void nothing_is_tried_when_the_run_is_nearly_over() {
    ParallelLimit limit = ParallelLimit.within(ParallelBounds.adaptive(32, LAG));
    for (int i = 0; i < 30; i++) {
      limit =
          limit.next(
              new ServerWindow(
                  100, WINDOW, Duration.ofMillis(10), 0, false, Optional.empty(), 32, 50));
      assertThat(limit.limit()).isEqualTo(4);
    }
  }
}
