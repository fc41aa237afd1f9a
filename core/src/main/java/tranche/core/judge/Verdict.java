package tranche.core.judge;

/// The outcome of judging. There are three: what is not known to be healthy does not pass.
public sealed interface Verdict {
  /// The evidence that led here.
  Evidence evidence();

  /// One sentence for people, with the figures and the limit they are held against.
  String summary();

  /// The candidate may go on.
  record Healthy(Evidence evidence, String summary) implements Verdict {}

  /// The candidate is worse than allowed.
  record Unhealthy(Evidence evidence, String summary) implements Verdict {}

  /// Missing, partial or too little data: holds, never passes.
  record Inconclusive(Evidence evidence, String summary) implements Verdict {}
}
