package tranche.core.judge;

import java.util.Optional;

/// What was observed in a window: the counts of both arms, or why there are none (`missing`), for
/// instance because the counter was restarted in between.
public record Evidence(ArmCounts baseline, ArmCounts candidate, Optional<String> missing) {
  /// Complete evidence.
  public static Evidence of(ArmCounts baseline, ArmCounts candidate) {
    return new Evidence(baseline, candidate, Optional.empty());
  }

  /// No usable evidence, and why.
  public static Evidence missing(String why) {
    return new Evidence(ArmCounts.NONE, ArmCounts.NONE, Optional.of(why));
  }
}
