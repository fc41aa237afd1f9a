package tranche.core.policy;

/// For how many tenants of a batch the verification suites run: the first `tenantsPerBatch` of
/// them, 0 for none.
public record Verification(int tenantsPerBatch) {
  /// Verify nothing.
  public static final Verification NONE = new Verification(0);

  /// Verify every tenant.
  public static final Verification EVERY_TENANT = new Verification(Integer.MAX_VALUE);

  public Verification {
    if (tenantsPerBatch < 0) {
      throw new IllegalArgumentException("tenants per batch " + tenantsPerBatch);
    }
  }

  /// Whether anything is verified.
  public boolean isOn() {
    return tenantsPerBatch > 0;
  }
}
