package tranche.core.migration;

/// What role a script has in its folder.
public enum MigrationKind {
  /// Runs once, in the order of versions.
  VERSIONED,
  /// Runs whenever its text has changed.
  REPEATABLE,
  /// Stands for all versions up to its own, on a store that has no history yet.
  BASELINE
}
