package tranche.postgres.embedded;

/// How a running server came about.
public sealed interface StartOutcome {
  /// The folder held no data: the cluster was created and started.
  record StartedFresh() implements StartOutcome {}

  /// The folder held data and no server ran on it: it was started.
  record StartedExisting() implements StartOutcome {}

  /// A server of ours was already running on the folder and was taken over without a restart. It
  /// keeps those parameters that only a restart can change.
  record Adopted() implements StartOutcome {}
}
