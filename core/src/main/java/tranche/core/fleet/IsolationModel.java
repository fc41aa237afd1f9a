package tranche.core.fleet;

/// How a tenant's data is kept apart from the others'.
public enum IsolationModel {
  /// Rows of a pooled store, told apart by `tenant_id` under row-level security.
  ROW,
  /// A schema of its own in a shared database.
  SCHEMA,
  /// A database of its own.
  DATABASE,
  /// Part of the data as rows of a shared store, part in a schema of its own.
  HYBRID;

  /// The word used in configuration, output and on the wire.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
