package tranche.postgres.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.StopFailed;

/// Ends the server of a folder: first by ending its sessions and writing everything down, and if
/// that takes too long, at once. After the second the next start recovers; nothing committed is
/// lost by either.
final class Shutdown {
  private static final Duration FAST_LIMIT = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE_LIMIT = Duration.ofSeconds(10);
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MILLIS = 5;

  private Shutdown() {}

  /// Returns when the server is gone; at once when none runs. Call with the [StartLock] held.
  ///
  /// @throws ProblemException [StopFailed] when it survives both
  static void stop(Layout layout) throws IOException, InterruptedException {
    var found = Postmaster.running(layout);
    if (found.isEmpty()) {
      return;
    }
    long pid = found.get().pid();
    Binaries.ensure(layout);
    var account = Account.choose(layout);
    signal(layout, account, "fast");
    if (!isGone(layout, pid, FAST_LIMIT)) {
      signal(layout, account, "immediate");
      if (!isGone(layout, pid, IMMEDIATE_LIMIT)) {
        throw new ProblemException(new StopFailed(pid, FAST_LIMIT.plus(IMMEDIATE_LIMIT)));
      }
    }
  }

  /// The outcome is judged by what the process then does, so the exit code says nothing more.
  private static void signal(Layout layout, Account account, String mode)
      throws IOException, InterruptedException {
    var command =
        List.of(
            layout.program("pg_ctl").toString(),
            "stop",
            "--no-wait",
            "--mode=" + mode,
            "--pgdata=" + layout.data());
    var output = layout.consoleLog("pg_ctl");
    var _ = Programs.run(account.command(command), layout.folder(), output, SIGNAL_LIMIT);
  }

  /// The children of the server, its log writer last, end a moment after it.
  private static boolean isGone(Layout layout, long pid, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (Postmaster.isOurs(pid, layout) || Postmaster.isDataInUse(layout)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return true;
  }
}
