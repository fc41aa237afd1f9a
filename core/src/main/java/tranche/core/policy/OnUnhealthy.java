package tranche.core.policy;

/// What happens when a tranche got worse or its budget is spent.
public enum OnUnhealthy {
  /// Stop and wait for a decision; traffic stays as it is.
  HALT,
  /// Stop and take back every tenant that this rollout moved.
  REVERT;

  /// The word used in configuration, output and on the wire.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
