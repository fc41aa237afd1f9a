package tranche.core.fleet;

/// What a store holds for one tenant.
public enum StoreRole {
  /// Everything.
  MAIN,
  /// The shared part of a hybrid tenant.
  SHARED,
  /// The part of a hybrid tenant that is its own.
  OWN;

  /// The word used in configuration, output and on the wire.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
