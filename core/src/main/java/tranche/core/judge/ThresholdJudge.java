package tranche.core.judge;

import java.util.Locale;

/// Holds the candidate's error rate against a fixed limit.
///
/// An absolute threshold knows no chance: it says nothing about how often a good release fails it.
/// It is unhealthy as soon as the errors seen would exceed the limit even if `minRequests` had been
/// reached without a further error, so a bad release need not be served longer to be found out.
public final class ThresholdJudge implements Judge {
  /// A judge without settings: what it is held to comes with each question.
  public ThresholdJudge() {}

  @Override
  public Verdict judge(Criteria criteria, Evidence evidence) {
    if (evidence.missing().isPresent()) {
      return new Verdict.Inconclusive(evidence, evidence.missing().get());
    }
    ArmCounts seen = evidence.candidate();
    long atLeast = Math.max(seen.requests(), criteria.minRequests());
    if (seen.errors() > 0 && seen.errors() >= criteria.errorRateLimit() * atLeast) {
      return new Verdict.Unhealthy(evidence, sentence(criteria, evidence));
    }
    if (seen.requests() < criteria.minRequests()) {
      return new Verdict.Inconclusive(
          evidence,
          "%d of %d requests seen, %d errors"
              .formatted(seen.requests(), criteria.minRequests(), seen.errors()));
    }
    return new Verdict.Healthy(evidence, sentence(criteria, evidence));
  }

  private static String sentence(Criteria criteria, Evidence evidence) {
    return "error rate %s of %d requests (limit %s), baseline %s of %d"
        .formatted(
            percent(evidence.candidate().errorRate()),
            evidence.candidate().requests(),
            percent(criteria.errorRateLimit()),
            percent(evidence.baseline().errorRate()),
            evidence.baseline().requests());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }
}
