package tranche.api.client;

import tranche.api.rollout.EventJson;

/// Takes the entries of the journal as they happen, each once and in order.
@FunctionalInterface
public interface EventConsumer {
  /// One entry.
  Next take(EventJson event);

  /// The connection came up, went down, or is alive without anything happening (every 15 seconds).
  /// The stream goes on by itself; this is for display, and a chance to stop.
  default Next link(Link link) {
    return Next.GO_ON;
  }

  /// The server has another journal than the one read so far: what was shown is not its history.
  /// The stream begins again from the first entry.
  default void reset() {}

  /// Whether to go on.
  enum Next {
    /// More.
    GO_ON,
    /// Enough; the stream is closed.
    STOP
  }

  /// State of the connection.
  enum Link {
    /// It has just come up.
    UP,
    /// It is up, nothing has happened for a while.
    QUIET,
    /// It is down; there will be another attempt.
    DOWN
  }
}
