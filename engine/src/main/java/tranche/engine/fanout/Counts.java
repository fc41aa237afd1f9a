package tranche.engine.fanout;

/// How many stores ended how.
///
/// @param total all that the run looked at, without those left out by the target list
/// @param done changed to the end
/// @param upToDate had nothing to do
/// @param beyond of these, past the version that was asked for
/// @param failed failed or were refused
/// @param interrupted were cancelled after a stop
/// @param blocked were not begun, because something that they need is not there
/// @param notThere do not exist
/// @param late of the total, joined while the run was under way
/// @param migrations that were run, over all stores
public record Counts(
    int total,
    int done,
    int upToDate,
    int beyond,
    int failed,
    int interrupted,
    int blocked,
    int notThere,
    int late,
    long migrations) {
  /// Those that ended in one way or another.
  public int ended() {
    return done + upToDate + failed + interrupted + blocked + notThere;
  }

  /// Those that the run did not get to.
  public int notBegun() {
    return total - ended();
  }
}
