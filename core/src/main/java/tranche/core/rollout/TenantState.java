package tranche.core.rollout;

/// How far a tenant is in a rollout. The same words in CLI, API and console.
public enum TenantState {
  /// Its turn has not come.
  WAITING,
  /// Its stores or its arm are being prepared.
  MIGRATING,
  /// Part of its traffic, or all of it, is on the candidate arm, not yet settled.
  SWITCHING,
  /// It runs the new release.
  DONE,
  /// It is in quarantine.
  FAILED,
  /// It was taken back.
  REVERTED;

  /// The word.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
