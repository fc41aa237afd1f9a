package tranche.core.fanout;

import java.time.Duration;
import java.util.Optional;
import tranche.core.fanout.ParallelBounds.Mode;

/// How many stores of one server are changed at once: a state machine that is fed windows of
/// observations and answers with a limit.
///
/// **Looking for the best number.** Throughput over parallelism rises, bends and falls again where
/// the server's cores, disk or locks are used up. The limit climbs that hill: it measures the
/// throughput where it stands, tries half as many more (twice as many while throughput grew nearly
/// in proportion), and stays there only if throughput grew by clearly more than noise; otherwise it
/// goes back and tries fewer, which it keeps if nothing is lost, because connections are not free.
/// When neither helps it rests, twice as long each time, so a server whose best number is found is
/// hardly disturbed any more.
///
/// **Distress comes first.** A refused connection, a replica too far behind, stores that mostly
/// wait for locks, or times that grow many-fold while throughput falls halve the limit at once, and
/// it rests before it climbs again.
public final class ParallelLimit {
  private static final int WINDOWS = 2;
  private static final int FIRST_REST = 8;
  private static final int LONGEST_REST = 64;
  private static final int DISTRESS_REST = 6;
  private static final double WAITING_TOO_MUCH = 0.3;
  private static final double SLOWER_MANYFOLD = 4;
  private static final double RATE_FALLEN = 0.7;
  private static final double FREE_LOSS = 0.03;

  private final ParallelBounds bounds;
  private final int limit;
  private final Doing doing;
  private final int rest;
  private final Calm calm;

  /// What the windows that come next are for.
  private sealed interface Doing {
    record Warming() implements Doing {}

    record Measuring(Sum sum, Direction next) implements Doing {}

    record Trying(int from, double base, Direction direction, boolean isFresh, Sum sum)
        implements Doing {}

    record Resting(int windows) implements Doing {}
  }

  private enum Direction {
    UP,
    FAR_UP,
    DOWN
  }

  private record Sum(int windows, double done, double seconds) {
    static final Sum NONE = new Sum(0, 0, 0);

    Sum with(ServerWindow window) {
      return new Sum(windows + 1, done + window.done(), seconds + window.elapsed().toNanos() / 1e9);
    }

    boolean isEnough() {
      return windows >= WINDOWS && done > 0;
    }

    double rate() {
      return done / seconds;
    }
  }

  /// What the server does when nothing is wrong.
  private record Calm(Optional<Duration> p95, double rate) {
    static final Calm UNKNOWN = new Calm(Optional.empty(), 0);

    Calm with(ServerWindow window) {
      if (p95.isEmpty()) {
        return new Calm(Optional.of(window.p95()), window.rate());
      }
      Duration smoothed = p95.get().multipliedBy(3).plus(window.p95()).dividedBy(4);
      return new Calm(Optional.of(smoothed), (rate * 3 + window.rate()) / 4);
    }
  }

  private ParallelLimit(ParallelBounds bounds, int limit, Doing doing, int rest, Calm calm) {
    this.bounds = bounds;
    this.limit = limit;
    this.doing = doing;
    this.rest = rest;
    this.calm = calm;
  }

  /// The limit before anything was observed.
  public static ParallelLimit within(ParallelBounds bounds) {
    return new ParallelLimit(bounds, bounds.start(), new Doing.Warming(), FIRST_REST, Calm.UNKNOWN);
  }

  /// How many stores may be changed at once now.
  public int limit() {
    return limit;
  }

  /// The limit after one more window.
  public ParallelLimit next(ServerWindow window) {
    int cap = Math.min(bounds.cap(), window.cap());
    if (isInDistress(window)) {
      int half = Math.clamp(limit / 2, 1, cap);
      return new ParallelLimit(
          bounds, half, new Doing.Resting(DISTRESS_REST), FIRST_REST, Calm.UNKNOWN);
    }
    if (limit > cap) {
      return at(cap, measuring(Direction.UP));
    }
    return bounds.mode() == Mode.FIXED ? backTo(cap, window) : climb(window, cap);
  }

  private boolean isInDistress(ServerWindow window) {
    boolean isBehind =
        window.replicaLag().filter(lag -> lag.compareTo(bounds.replicaLag()) > 0).isPresent();
    boolean waits = window.done() > 0 && window.lockWaitShare() > WAITING_TOO_MUCH;
    return window.isShort() || isBehind || (limit > 1 && (waits || suffers(window)));
  }

  private boolean suffers(ServerWindow window) {
    return window.done() > 0
        && window.rate() < calm.rate() * RATE_FALLEN
        && calm.p95()
            .filter(p -> window.p95().toNanos() > p.toNanos() * SLOWER_MANYFOLD)
            .isPresent();
  }

  private ParallelLimit backTo(int cap, ServerWindow window) {
    return switch (doing) {
      case Doing.Resting(int windows) when windows > 1 -> at(limit, new Doing.Resting(windows - 1));
      case Doing.Resting _ when limit < cap ->
          at(Math.min(cap, limit * 2), new Doing.Resting(DISTRESS_REST));
      case Doing.Resting _, Doing.Warming _, Doing.Measuring _, Doing.Trying _ ->
          new ParallelLimit(bounds, limit, new Doing.Resting(1), rest, calm.with(window));
    };
  }

  private ParallelLimit climb(ServerWindow window, int cap) {
    return switch (doing) {
      case Doing.Warming _ -> at(limit, measuring(Direction.UP));
      case Doing.Resting(int windows) ->
          windows > 1
              ? new ParallelLimit(
                  bounds, limit, new Doing.Resting(windows - 1), rest, calm.with(window))
              : at(limit, measuring(Direction.UP));
      case Doing.Measuring(Sum sum, Direction next) ->
          measured(sum.with(window), next, window, cap);
      case Doing.Trying t when t.isFresh() ->
          at(limit, new Doing.Trying(t.from(), t.base(), t.direction(), false, t.sum()));
      case Doing.Trying t -> tried(t, t.sum().with(window), window, cap);
    };
  }

  private ParallelLimit measured(Sum sum, Direction next, ServerWindow window, int cap) {
    ParallelLimit calmer =
        new ParallelLimit(bounds, limit, new Doing.Measuring(sum, next), rest, calm.with(window));
    return sum.isEnough() ? calmer.attempt(sum.rate(), next, window, cap) : calmer;
  }

  private ParallelLimit attempt(double base, Direction direction, ServerWindow window, int cap) {
    // What is left would be over before a try could pay.
    boolean isNearlyOver = window.queued() < 4 * window.done();
    int to =
        switch (direction) {
          case UP -> Math.min(cap, limit + Math.max(1, limit / 2));
          case FAR_UP -> Math.min(cap, limit * 2);
          case DOWN -> Math.max(1, limit - Math.max(1, limit / 3));
        };
    if (isNearlyOver || to == limit) {
      return direction == Direction.DOWN || isNearlyOver
          ? resting()
          : at(limit, measuring(Direction.DOWN));
    }
    return at(to, new Doing.Trying(limit, base, direction, true, Sum.NONE));
  }

  private ParallelLimit tried(Doing.Trying t, Sum sum, ServerWindow window, int cap) {
    if (!sum.isEnough()) {
      return at(limit, new Doing.Trying(t.from(), t.base(), t.direction(), false, sum));
    }
    double gain = sum.rate() / t.base() - 1;
    if (t.direction() == Direction.DOWN) {
      return gain >= -FREE_LOSS
          ? at(limit, new Doing.Warming()).attempt(sum.rate(), Direction.DOWN, window, cap)
          : at(t.from(), new Doing.Warming()).resting();
    }
    double growth = (double) limit / t.from() - 1;
    if (gain >= Math.max(0.05, 0.15 * growth)) {
      Direction next = gain >= 0.7 * growth ? Direction.FAR_UP : Direction.UP;
      return at(limit, new Doing.Warming()).attempt(sum.rate(), next, window, cap);
    }
    // Too far up says nothing about a little up.
    Direction next = t.direction() == Direction.FAR_UP ? Direction.UP : Direction.DOWN;
    return at(t.from(), measuring(next));
  }

  private ParallelLimit resting() {
    return new ParallelLimit(
        bounds, limit, new Doing.Resting(rest), Math.min(LONGEST_REST, rest * 2), calm);
  }

  private static Doing measuring(Direction next) {
    return new Doing.Measuring(Sum.NONE, next);
  }

  private ParallelLimit at(int newLimit, Doing newDoing) {
    return new ParallelLimit(bounds, newLimit, newDoing, rest, calm);
  }
}
