package tranche.engine.fanout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tranche.core.fanout.Eta;

/// Where a run is.
///
/// @param elapsed since it began
/// @param counts of all stores
/// @param moving stores that are being changed
/// @param waiting stores that have not begun
/// @param servers those on which something is being done
/// @param rate stores per second lately
/// @param eta how long the rest takes
/// @param isStopping whether no more stores begin
public record Snapshot(
    Duration elapsed,
    Counts counts,
    int moving,
    int waiting,
    List<ServerProgress> servers,
    double rate,
    Eta eta,
    boolean isStopping) {
  public Snapshot {
    Objects.requireNonNull(elapsed);
    Objects.requireNonNull(counts);
    servers = List.copyOf(servers);
    Objects.requireNonNull(eta);
  }

  /// One database server.
  ///
  /// @param done stores that ended, also those that failed
  /// @param rate stores per second in the last window
  /// @param limit how many may be changed at once now
  public record ServerProgress(
      String server, int done, int moving, int waiting, int failed, double rate, int limit) {
    public ServerProgress {
      Objects.requireNonNull(server);
    }
  }
}
