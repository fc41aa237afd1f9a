package tranche.api.problem;

import tranche.core.problem.Problem;
import tranche.core.problem.RecordedProblem;

/// A problem inside another resource, for instance why a tenant is in quarantine.
public record RecordedJson(String code, String kind, String what, String why, String fix) {
  /// What that problem says.
  public static RecordedJson of(Problem problem) {
    return new RecordedJson(
        problem.code(),
        ProblemJson.word(problem.kind()),
        problem.what(),
        problem.why(),
        problem.fix());
  }

  /// The problem as it was said.
  public RecordedProblem problem() {
    return new RecordedProblem(code, ProblemJson.kind(kind), what, why, fix);
  }
}
