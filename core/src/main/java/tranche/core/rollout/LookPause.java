package tranche.core.rollout;

import java.time.Duration;
import tranche.core.judge.Criteria;

/// How long to wait before looking again at traffic that was too little for a verdict: as long as
/// the missing requests will take at the rate seen so far, or, while none were seen, twice as long
/// as the last time. Between half a second and a minute, so that waiting neither misses the moment
/// nor fills the journal.
final class LookPause {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int DOUBLINGS_MAX = 7;

  private LookPause() {}

  static Duration before(int look, Duration watched, long seen, Criteria criteria) {
    long missing = criteria.minRequests() - seen;
    Duration pause =
        seen > 0 && missing > 0
            ? watched.multipliedBy(missing).dividedBy(seen)
            : SHORTEST.multipliedBy(1L << Math.min(look - 1, DOUBLINGS_MAX));
    if (pause.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
