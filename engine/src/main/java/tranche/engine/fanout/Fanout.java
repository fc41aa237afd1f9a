package tranche.engine.fanout;

import java.time.InstantSource;

/// Doing the same to very many stores, from reading what they have to a summary.
public final class Fanout {
  private Fanout() {}

  /// Runs to the end; see [FanoutRun] for one that can be stopped.
  ///
  /// @throws tranche.core.problem.ProblemException if nothing can begin
  public static FanoutSummary run(
      FanoutRequest request, StoreAccess access, FanoutListener listener, InstantSource clock) {
    return new FanoutRun(request, access, listener, clock).run();
  }
}
