package tranche.core.policy;

/// How many tenants of a tier may fail before the rollout halts (I6): the larger of a share (0 to
/// 1) of the tier's tenants in the plan and a number.
public record FailureBudget(double share, int count) {
  /// Not a single one.
  public static final FailureBudget NONE = new FailureBudget(0, 0);

  public FailureBudget {
    if (!(share >= 0 && share <= 1) || count < 0) {
      throw new IllegalArgumentException("failure budget " + share + " or " + count);
    }
  }

  /// How many of that many tenants may fail.
  public int of(int tenants) {
    return Math.max(count, (int) Math.floor(share * tenants));
  }
}
