package tranche.app.onboard;

/// The steps of adding a tenant that change something, in their order. A crash behind any of them
/// is taken up by the same command.
enum Step {
  /// The databases are there.
  DATABASE,
  /// The schemas are there, marked as being made.
  SCHEMA,
  /// The application may use what migrations will make.
  RIGHTS,
  /// The stores are at the version of the tier.
  MIGRATIONS,
  /// The tenant is on the list.
  LISTED,
  /// The tier has not moved on meanwhile, or the stores have followed it.
  FOLLOWED,
  /// The marks are gone.
  FINISHED;

  /// Is told when a step is done; what it throws ends everything there.
  @FunctionalInterface
  interface Reached {
    /// What nobody listens to.
    Reached QUIET = _ -> {};

    void reached(Step step);
  }
}
