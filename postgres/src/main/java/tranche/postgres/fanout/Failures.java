package tranche.postgres.fanout;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import tranche.core.problem.Problem;
import tranche.postgres.database.SqlState;

/// Writes down in a store's row why a run stopped there, for whoever looks later. The caller has
/// the problem in any case.
final class Failures {
  private static final Logger LOG = System.getLogger(Failures.class.getName());

  private Failures() {}

  static void note(Session session, StoreMessages messages, long fingerprint, Problem problem) {
    String failure = problem.code() + ": " + problem.what();
    if (session.send(messages.fail(fingerprint, failure)) instanceof Answer.Refused(var error, _)) {
      session.rollBack();
      LOG.log(Level.DEBUG, () -> "a failure was not written down: " + SqlState.message(error));
    }
  }
}
