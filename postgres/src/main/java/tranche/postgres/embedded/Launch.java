package tranche.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.StartFailed;
import tranche.postgres.embedded.EmbeddedProblem.StartTooSlow;
import tranche.postgres.embedded.EmbeddedProblem.ToolMissing;

/// Brings up the server of a folder on which none runs. Call with the [StartLock] held.
final class Launch {
  private static final int PORT_ATTEMPTS = 3;
  private static final long LOOK_AGAIN_MILLIS = 10;
  private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(10);

  private final Layout layout;
  private final EmbeddedSettings settings;
  private final Account account;

  private Launch(Layout layout, EmbeddedSettings settings, Account account) {
    this.layout = layout;
    this.settings = settings;
    this.account = account;
  }

  /// Starts the server and waits until it answers.
  static Running launch(Layout layout, EmbeddedSettings settings, Account account)
      throws IOException, InterruptedException {
    return new Launch(layout, settings, account).run();
  }

  private Running run() throws IOException, InterruptedException {
    awaitNobodyInData();
    removeMisleadingPidFile();
    for (int attempt = 1; ; attempt++) {
      int port = Ports.choose(layout, settings.preferredPort());
      ServerParameters.write(layout, port, settings.parameters(), account);
      var log = ServerLog.fromNow(layout);
      var process = Programs.start(command(), layout.folder(), layout.consoleLog("postgres"));
      var running = awaitAnswer(process, log);
      if (running.isPresent()) {
        Ports.remember(layout, port, settings.preferredPort());
        return running.get();
      }
      var output = log.tail();
      if (attempt == PORT_ATTEMPTS || !saysPortTaken(output)) {
        throw new ProblemException(ended(output));
      }
    }
  }

  /// In a session of its own: a signal from the terminal does not reach it.
  private List<String> command() {
    var setsid =
        Programs.find("setsid").orElseThrow(() -> new ProblemException(new ToolMissing("setsid")));
    var command = new ArrayList<String>();
    command.add(setsid.toString());
    command.addAll(
        account.command(
            List.of(layout.program("postgres").toString(), "-D", layout.data().toString())));
    return command;
  }

  /// @return empty when the server ended by itself
  private Optional<Running> awaitAnswer(Process process, ServerLog log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + settings.startLimit().toNanos();
    Optional<Running> running = Optional.empty();
    try {
      while (running.isEmpty()) {
        if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
        if (System.nanoTime() > deadline) {
          var problem = new StartTooSlow(settings.startLimit(), String.join(" | ", log.tail()));
          throw new ProblemException(problem);
        }
        var postmaster = Postmaster.running(layout).filter(Postmaster::isReady);
        running = postmaster.isPresent() ? Running.ask(layout, postmaster.get()) : running;
      }
      return running;
    } finally {
      if (running.isEmpty()) {
        abandon(process);
      }
    }
  }

  /// A server that nobody will have a handle on must not stay behind.
  private void abandon(Process process) throws IOException, InterruptedException {
    Shutdown.stop(layout);
    // Before it has written its pid file it has not touched the data either.
    process.destroyForcibly();
  }

  /// The backends of a server that was killed end by themselves, but not in the same instant.
  private void awaitNobodyInData() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LEFTOVER_LIMIT.toNanos();
    while (Postmaster.isDataInUse(layout)) {
      if (System.nanoTime() > deadline) {
        var reason = "was not started: processes still work in " + layout.data();
        throw new ProblemException(new StartFailed(reason, ""));
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /// PostgreSQL refuses to start while the recorded number belongs to any living process, even to
  /// one that got it after a crash. Only in that case, and as nobody works in the data folder, is
  /// the file removed; otherwise PostgreSQL's own checks stay in force.
  private void removeMisleadingPidFile() throws IOException {
    var recorded = Postmaster.recorded(layout);
    if (recorded.isPresent() && ProcessHandle.of(recorded.get().pid()).isPresent()) {
      Files.deleteIfExists(layout.pidFile());
    }
  }

  private Problem ended(List<String> output) {
    return Disk.saysFull(output)
        ? Disk.full(layout.folder())
        : new StartFailed("ended instead of coming up", String.join(" | ", output));
  }

  private static boolean saysPortTaken(List<String> output) {
    return output.stream()
        .anyMatch(line ->
            line.contains("could not bind IPv4 address")
                || line.contains("could not create any TCP/IP sockets"));
  }
}
