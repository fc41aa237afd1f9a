package tranche.engine.fanout;

import java.time.Duration;
import java.util.Objects;
import tranche.core.fanout.OnError;
import tranche.core.fanout.ParallelBounds;

/// How a run behaves.
///
/// @param limits for one store
/// @param onError when failures end it
/// @param parallel how many stores of one server are changed at once
/// @param serverConnections how many connections to one server there are at most, at any moment:
///   one per store that is being changed and one for leases and readings; at least 2
/// @param lease how long the run may write in a database without renewing; it renews at a third
/// @param retries how often what may pass is tried again
/// @param pulse how often progress is reported at most, and how often the run looks at itself
/// @param grace how long running stores may finish after a stop before they are cancelled
/// @param lateRounds how often the list of stores is read again after the last one
public record FanoutSettings(
    ChangeLimits limits,
    OnError onError,
    ParallelBounds parallel,
    int serverConnections,
    Duration lease,
    Retries retries,
    Duration pulse,
    Duration grace,
    int lateRounds) {
  private static final Duration LAG = Duration.ofSeconds(10);

  /// Stops at the first failure, adapts up to 32 per server, one minute of lease.
  public static final FanoutSettings ORDINARY =
      new FanoutSettings(
          ChangeLimits.ORDINARY,
          new OnError.Stop(),
          ParallelBounds.adaptive(32, LAG),
          33,
          Duration.ofSeconds(60),
          Retries.ORDINARY,
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          3);

  public FanoutSettings {
    Objects.requireNonNull(limits);
    Objects.requireNonNull(onError);
    Objects.requireNonNull(parallel);
    Objects.requireNonNull(retries);
    if (serverConnections < 2 || serverConnections > 1000) {
      throw new IllegalArgumentException("2 to 1000 connections, got " + serverConnections);
    }
    if (!lease.isPositive() || !pulse.isPositive() || grace.isNegative()) {
      throw new IllegalArgumentException("times must be positive");
    }
    if (lateRounds < 0 || lateRounds > 100) {
      throw new IllegalArgumentException("0 to 100 rounds, got " + lateRounds);
    }
  }

  /// The same with another answer to failures.
  public FanoutSettings withOnError(OnError other) {
    return new FanoutSettings(
        limits, other, parallel, serverConnections, lease, retries, pulse, grace, lateRounds);
  }

  /// The same with another parallelism.
  ///
  /// @param connections see [#serverConnections()]
  public FanoutSettings withParallel(ParallelBounds other, int connections) {
    return new FanoutSettings(
        limits, onError, other, connections, lease, retries, pulse, grace, lateRounds);
  }

  /// The same with other limits for one store.
  public FanoutSettings withLimits(ChangeLimits other) {
    return new FanoutSettings(
        other, onError, parallel, serverConnections, lease, retries, pulse, grace, lateRounds);
  }

  /// How often what may pass is tried again. Pauses double from the first to the longest.
  ///
  /// @param connects how often in a row a database may refuse a connection before its stores fail
  /// @param broken how often a store's connection may break before the store fails
  /// @param busy how often a store whose lock is taken goes to the end of the queue
  /// @param moves how often a store's history may change under us before the store fails
  public record Retries(
      int connects, int broken, int busy, int moves, Duration firstPause, Duration longestPause) {
    /// Eight connects with pauses from a quarter second to 15 seconds, three broken connections,
    /// three times busy, five moves.
    public static final Retries ORDINARY =
        new Retries(8, 3, 3, 5, Duration.ofMillis(250), Duration.ofSeconds(15));

    public Retries {
      if (connects < 0 || broken < 0 || busy < 0 || moves < 0) {
        throw new IllegalArgumentException("numbers of tries must not be negative");
      }
      if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0) {
        throw new IllegalArgumentException("pauses " + firstPause + " to " + longestPause);
      }
    }

    /// The pause after that many failed tries.
    Duration pause(int failed) {
      Duration doubled = firstPause.multipliedBy(1L << Math.clamp(failed - 1L, 0, 20));
      return doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
    }
  }
}
