package tranche.core.fanout;

import java.time.Duration;
import java.util.Objects;

/// What a [ParallelLimit] keeps to, per database server.
///
/// @param start how many stores are changed at once in the beginning
/// @param cap how many at most; a window of observations can lower it further
/// @param replicaLag how far a replica may fall behind
/// @param mode whether it looks for a better number by itself
public record ParallelBounds(int start, int cap, Duration replicaLag, Mode mode) {
  /// Where it starts if nobody says otherwise: what suits a server of two cores, and is not far off
  /// for larger ones until it has grown.
  public static final int FIRST = 4;

  private static final int MOST = 256;

  public ParallelBounds {
    Objects.requireNonNull(replicaLag);
    Objects.requireNonNull(mode);
    if (cap < 1 || cap > MOST || start < 1 || start > cap || !replicaLag.isPositive()) {
      throw new IllegalArgumentException("parallel " + start + " to " + cap + ", " + replicaLag);
    }
  }

  /// Looks for the best number up to that many.
  public static ParallelBounds adaptive(int cap, Duration replicaLag) {
    return new ParallelBounds(Math.min(FIRST, cap), cap, replicaLag, Mode.ADAPTIVE);
  }

  /// As many as somebody asked for; fewer only while the server is in distress.
  public static ParallelBounds fixed(int parallel, Duration replicaLag) {
    return new ParallelBounds(parallel, parallel, replicaLag, Mode.FIXED);
  }

  /// Whether the number is looked for.
  public enum Mode {
    /// It is.
    ADAPTIVE,
    /// It is given.
    FIXED
  }
}
