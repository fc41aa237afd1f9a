package tranche.core.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import tranche.core.judge.Criteria;

/// What a tranche must pass. Readiness of the candidate arm is always required and not listed.
///
/// `approval` names who may approve; the tranche does not begin before. `verify` runs the suites
/// before and after traffic moves. `bake` is an additional time after the last tenant of the
/// tranche has moved. `verdict` judges the traffic at each weight.
public record Gates(
    Optional<String> approval, Verification verify, Duration bake, Optional<Criteria> verdict) {
  /// No gate but readiness.
  public static final Gates OPEN =
      new Gates(Optional.empty(), Verification.NONE, Duration.ZERO, Optional.empty());

  public Gates {
    Objects.requireNonNull(approval);
    Objects.requireNonNull(verify);
    Objects.requireNonNull(verdict);
    if (bake.isNegative()) {
      throw new IllegalArgumentException("negative bake " + bake);
    }
  }
}
