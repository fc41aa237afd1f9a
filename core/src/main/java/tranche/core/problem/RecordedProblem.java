package tranche.core.problem;

import java.util.Objects;

/// A problem as it was said when it happened: the form that is stored and sent.
public record RecordedProblem(String code, ProblemKind kind, String what, String why, String fix)
    implements Problem {
  public RecordedProblem {
    Objects.requireNonNull(code);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(what);
    Objects.requireNonNull(why);
    Objects.requireNonNull(fix);
  }

  /// What that problem says now.
  public static RecordedProblem of(Problem problem) {
    return problem instanceof RecordedProblem recorded
        ? recorded
        : new RecordedProblem(
            problem.code(), problem.kind(), problem.what(), problem.why(), problem.fix());
  }
}
