package tranche.app.cli;

/// How much is asked for.
final class Limits {
  /// Plans or rollouts in a list; the control plane gives no more.
  static final int LISTED = 100;

  /// Rows in one request.
  static final int PAGE = 1000;

  /// Rows in one command.
  static final int ROWS = 1_000_000;

  private Limits() {}
}
