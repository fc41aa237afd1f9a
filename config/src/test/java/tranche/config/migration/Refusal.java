package tranche.config.migration;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;

/// What reading a folder was refused for.
final class Refusal {
  private Refusal() {}

  /// The problems, one by one; none if it was not refused.
  static List<Problem> problems(ThrowingCallable reading) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, reading);
    if (refused == null) {
      return List.of();
    }
    return refused.problem() instanceof MigrationFolderProblem.SeveralFindings several
        ? several.problems()
        : List.of(refused.problem());
  }

  /// Their codes.
  static List<String> codes(ThrowingCallable reading) {
    return problems(reading).stream().map(Problem::code).toList();
  }
}
