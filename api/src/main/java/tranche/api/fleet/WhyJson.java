package tranche.api.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Why a tenant or a rollout is where it is: its state in one sentence, then what keeps it there,
/// what comes first first.
public record WhyJson(String subject, String state, List<Reason> reasons) {
  public WhyJson {
    reasons = List.copyOf(reasons);
  }

  /// One thing in the way: what, until when if that is known, and who or what clears it.
  public record Reason(String code, String what, Optional<Instant> until, String who) {}
}
