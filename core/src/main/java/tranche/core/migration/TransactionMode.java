package tranche.core.migration;

/// Whether a script runs inside one transaction.
public enum TransactionMode {
  /// As its statements need it: in a transaction unless one of them cannot be.
  BY_STATEMENTS,
  /// In a transaction, because the script's configuration says so.
  ALWAYS,
  /// Statement by statement, because the script's configuration says so.
  NEVER
}
