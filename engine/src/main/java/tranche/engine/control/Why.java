package tranche.engine.control;

import java.util.List;
import java.util.Optional;

/// Why a tenant is where it is: its state in one sentence, then what keeps it there, what comes
/// first first.
public record Why(String subject, String state, List<Reason> reasons) {
  public Why {
    reasons = List.copyOf(reasons);
  }

  /// One thing in the way: what, until when if that is known, and who or what clears it.
  public record Reason(String code, String what, Optional<java.time.Instant> until, String who) {}
}
