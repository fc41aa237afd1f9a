package tranche.core.problem;

import java.util.Objects;

/// Carries a [Problem] across an I/O boundary. The only unchecked exception that is expected to be
/// caught and shown; everything else is a bug.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// Wraps a problem that has no deeper technical cause.
  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.what());
    this.problem = Objects.requireNonNull(problem);
  }

  /// Wraps a problem together with the technical cause, for the log.
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.code() + ": " + problem.what(), cause);
    this.problem = Objects.requireNonNull(problem);
  }

  /// The problem to show.
  public Problem problem() {
    return problem;
  }
}
