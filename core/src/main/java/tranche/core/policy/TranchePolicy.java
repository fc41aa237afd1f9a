package tranche.core.policy;

import java.util.Objects;

/// One rung of the ladder: which tenants (of those that no earlier rung selected), how many of them
/// at a time, behind which gates. `batch` is 1 to 100,000.
public record TranchePolicy(String name, Cohort cohort, int batch, Gates gates) {
  public TranchePolicy {
    Objects.requireNonNull(name);
    Objects.requireNonNull(cohort);
    Objects.requireNonNull(gates);
    if (batch < 1 || batch > 100_000) {
      throw new IllegalArgumentException("batch of " + batch);
    }
  }
}
