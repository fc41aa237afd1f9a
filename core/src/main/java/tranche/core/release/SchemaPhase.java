package tranche.core.release;

/// The phases of a schema change (parallel change).
public enum SchemaPhase {
  /// Adds what the new release needs; the old release does not notice.
  EXPAND,
  /// Fills what was added, in chunks, while both releases write.
  BACKFILL,
  /// Removes what only the old release needed: irreversible.
  CONTRACT;

  /// The word used in file headers, output and on the wire.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
