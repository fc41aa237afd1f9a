package tranche.core.problem;

/// Something that went wrong or is refused, said so that an operator can act on it.
///
/// Each feature seals its own family of problems. The texts name the thing and its value; they do
/// not blame. `code` is also the name of the page `docs/reference/problems/<code>.md`.
public interface Problem {
  /// Stable kebab-case identifier, unique in the product.
  String code();

  /// Whose turn it is to act; decides the HTTP status and the exit code.
  ProblemKind kind();

  /// What happened, with the names and values involved.
  String what();

  /// Why it happened or why it is refused.
  String why();

  /// What to do about it, as an instruction that can be followed.
  String fix();

  /// This problem as an exception, to throw.
  default ProblemException exception() {
    return new ProblemException(this);
  }
}
