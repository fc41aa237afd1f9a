package tranche.engine.rollout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tranche.core.problem.ProblemException;

/// Waits for answers of a loop, with a limit.
final class Answers {
  private static final long LIMIT_SECONDS = 20;

  private Answers() {}

  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noAnswer("the request was interrupted");
    } catch (TimeoutException e) {
      throw noAnswer("it did not answer within " + LIMIT_SECONDS + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static ProblemException noAnswer(String why) {
    return new ServiceProblem.NotInCharge(why).exception();
  }
}
