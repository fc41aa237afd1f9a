package tranche.core.rollout;

import java.util.Objects;

/// Identifies a step within its rollout; it is the step's idempotency key.
public record StepId(String value) {
  public StepId {
    Objects.requireNonNull(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
