package tranche.postgres.database;

import tranche.core.fleet.DatabaseId;

/// Knows how each declared database is reached.
@FunctionalInterface
public interface DatabaseDirectory {
  /// How that database is reached, now: an answer may differ from an earlier one.
  ///
  /// @throws tranche.core.problem.ProblemException if it is not declared or a password cannot be
  ///   read
  DatabaseAccess access(DatabaseId database);
}
