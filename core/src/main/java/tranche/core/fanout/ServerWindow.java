package tranche.core.fanout;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What was seen of one database server during a short time in which as many stores were being
/// changed as the limit allowed.
///
/// @param done stores that ended
/// @param elapsed how long the window was
/// @param p95 the time that 95 % of the stores needed at most
/// @param lockWaitShare of the stores' time, the share spent waiting for locks; 0 to 1
/// @param isShort whether a connection was refused for want of room
/// @param replicaLag of the replica that is furthest behind, if known
/// @param cap how many the server has room for at the moment
/// @param queued stores that have not begun
public record ServerWindow(
    int done,
    Duration elapsed,
    Duration p95,
    double lockWaitShare,
    boolean isShort,
    Optional<Duration> replicaLag,
    int cap,
    int queued) {
  public ServerWindow {
    Objects.requireNonNull(p95);
    Objects.requireNonNull(replicaLag);
    if (!elapsed.isPositive() || done < 0 || cap < 1) {
      throw new IllegalArgumentException("window " + elapsed + ", done " + done + ", cap " + cap);
    }
  }

  /// Stores per second.
  public double rate() {
    return done / (elapsed.toNanos() / 1e9);
  }
}
