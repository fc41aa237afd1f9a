package tranche.api.problem;

import java.util.Locale;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;

/// The body of every answer that is not a success, `application/problem+json`.
///
/// `type` is the page that explains the problem, relative to the documentation; `detail` is what,
/// why and fix in one text; `kind` is the word of [ProblemKind], which decides the exit code;
/// `traceId` names the request in the server's log.
public record ProblemJson(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String kind,
    String what,
    String why,
    String fix,
    String traceId) {

  /// The media type.
  public static final String MEDIA_TYPE = "application/problem+json";

  /// The answer that says this problem.
  public static ProblemJson of(Problem problem, int status, String traceId) {
    String detail = problem.what() + ". " + problem.why() + " " + problem.fix();
    return new ProblemJson(
        "/docs/reference/problems/" + problem.code(),
        title(problem.code()),
        status,
        detail,
        problem.code(),
        word(problem.kind()),
        problem.what(),
        problem.why(),
        problem.fix(),
        traceId);
  }

  /// The problem as it was said.
  public RecordedProblem problem() {
    return new RecordedProblem(code, kind(kind), what, why, fix);
  }

  private static String title(String code) {
    String words = code.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /// The word of a kind on the wire, for instance `not-found`.
  public static String word(ProblemKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The kind of that word. A word that this version does not know is a kind of failure it cannot
  /// tell more about.
  static ProblemKind kind(String word) {
    for (ProblemKind kind : ProblemKind.values()) {
      if (word(kind).equals(word)) {
        return kind;
      }
    }
    return ProblemKind.FAILED;
  }
}
