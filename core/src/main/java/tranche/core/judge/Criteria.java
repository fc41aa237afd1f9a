package tranche.core.judge;

/// What a candidate is held against: its error rate must stay below `errorRateLimit` (a share,
/// 0.005 is 0.5 %), and there is no verdict before it has answered `minRequests` requests.
public record Criteria(double errorRateLimit, long minRequests) {
  public Criteria {
    if (!(errorRateLimit > 0 && errorRateLimit <= 1)) {
      throw new IllegalArgumentException("error rate limit " + errorRateLimit);
    }
    if (minRequests < 1) {
      throw new IllegalArgumentException("a verdict without requests would be a guess");
    }
  }
}
