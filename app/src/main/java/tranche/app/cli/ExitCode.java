package tranche.app.cli;

import tranche.core.problem.ProblemKind;

/// The exit codes, as documented in `docs/reference/cli.md`.
public final class ExitCode {
  /// As asked.
  public static final int OK = 0;

  /// It ran and failed: a rollout halted or was taken back.
  public static final int FAILED = 1;

  /// The command line is not understood.
  public static final int USAGE = 2;

  /// `plan --detailed-exitcode`: there is something to move.
  public static final int CHANGES = 20;

  /// The time given with `--timeout` has passed.
  public static final int TIMEOUT = 124;

  /// Interrupted from the keyboard.
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /// The exit code for a problem.
  public static int of(ProblemKind kind) {
    return switch (kind) {
      case BAD_REQUEST -> USAGE;
      case NOT_ALLOWED -> 4;
      case NOT_FOUND -> 5;
      case CONFLICT, REFUSED_BY_POLICY -> 6;
      case FAILED -> FAILED;
      case ENVIRONMENT -> 7;
      case BUG -> 8;
    };
  }
}
