package tranche.core.problem;

/// The closed set of reasons a request or a step does not succeed.
public enum ProblemKind {
  /// The input cannot be understood or contradicts itself.
  BAD_REQUEST,
  /// The caller is not signed in or lacks the role.
  NOT_ALLOWED,
  /// The named thing does not exist.
  NOT_FOUND,
  /// The named thing is in a state that does not allow this now.
  CONFLICT,
  /// An invariant or a policy forbids it.
  REFUSED_BY_POLICY,
  /// Work ran and failed: a migration, a verification, a rollout that halted.
  FAILED,
  /// Something around Tranche does not work: database, disk, port, driver.
  ENVIRONMENT,
  /// A defect in Tranche itself.
  BUG
}
