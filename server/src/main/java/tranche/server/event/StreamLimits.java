package tranche.server.event;

import java.time.Duration;

/// How streams are kept in bounds: how many there may be at once, how many entries are read at a
/// time, after which silence a sign of life is sent, and how long the journal may wait to be looked
/// at.
public record StreamLimits(int streams, int page, Duration heartbeat, Duration poll) {
  /// What a control plane runs with.
  public static final StreamLimits DEFAULT =
      new StreamLimits(64, 200, Duration.ofSeconds(15), Duration.ofMillis(100));

  public StreamLimits {
    if (streams < 1 || page < 1 || page > 1_000) {
      throw new IllegalArgumentException(streams + " streams, pages of " + page);
    }
    if (!heartbeat.isPositive() || !poll.isPositive()) {
      throw new IllegalArgumentException("heartbeat " + heartbeat + ", poll " + poll);
    }
  }
}
