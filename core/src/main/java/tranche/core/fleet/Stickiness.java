package tranche.core.fleet;

/// By what a request keeps its arm while traffic is split.
public enum Stickiness {
  /// All users of a tenant see the same arm.
  TENANT,
  /// Each user keeps an arm.
  USER,
  /// Each request is drawn for itself.
  NONE;

  /// The word used in configuration, output and on the wire.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
