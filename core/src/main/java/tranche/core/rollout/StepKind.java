package tranche.core.rollout;

/// The kinds of journaled steps. Each is a place where the process may die; the fault tests visit
/// every one.
public enum StepKind {
  PROVISION,
  PREFLIGHT,
  BACKUP,
  EXPAND,
  BACKFILL,
  DEPLOY,
  VERIFY_BEFORE,
  SHIFT,
  BAKE,
  JUDGE,
  VERIFY_AFTER,
  SETTLE,
  RETURN,
  VERIFY_RETURNED,
  SETTLE_RETURNED,
  CHECK_BACKFILL,
  RETIRE,
  CONTRACT;

  /// The word used in the journal, output and on the wire.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
