package tranche.drivers.process;

import java.io.IOException;
import java.nio.file.Path;

/// A process that brings up one instance and is killed at a given point: `before-start`,
/// `after-start` (nothing recorded yet) or `when-ready`.
public final class DyingControlPlane {
  private DyingControlPlane() {}

  public static void main(String[] arguments) throws IOException {
    Bench bench = new Bench(Path.of(arguments[0]));
    DetachedProcess.Launcher launcher =
        switch (arguments[1]) {
          case "before-start" -> _ -> killed();
          case "after-start" ->
              launch -> {
                DetachedProcess.start(launch);
                return killed();
              };
          case "when-ready" -> DetachedProcess::start;
          default -> throw new IllegalArgumentException(arguments[1]);
        };
    new ProcessPlatform(bench.settings(), Bench::access, launcher)
        .ensure(bench.spec(1, "well"), Bench.FENCE);
    killed();
  }

  private static DetachedProcess killed() throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      new ProcessBuilder("kill", "-9", pid).start().waitFor();
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("survived kill -9");
  }
}
