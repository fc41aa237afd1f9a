package tranche.core.judge;

/// What one arm was seen to do in a window: requests answered or given up, and how many of them
/// failed (5xx of the application, or no answer at all). Both are counts, not rates.
public record ArmCounts(long requests, long errors) {
  /// Nothing seen.
  public static final ArmCounts NONE = new ArmCounts(0, 0);

  public ArmCounts {
    if (requests < 0 || errors < 0 || errors > requests) {
      throw new IllegalArgumentException(errors + " errors of " + requests + " requests");
    }
  }

  /// What was counted since `earlier`, both being totals of the same counter.
  ///
  /// @throws IllegalArgumentException if the counter ran backwards
  public ArmCounts since(ArmCounts earlier) {
    return new ArmCounts(requests - earlier.requests, errors - earlier.errors);
  }

  /// Both together.
  public ArmCounts plus(ArmCounts other) {
    return new ArmCounts(requests + other.requests, errors + other.errors);
  }

  /// Errors as a share of requests, 0 to 1; 0 when nothing was seen.
  public double errorRate() {
    return requests == 0 ? 0 : (double) errors / requests;
  }
}
