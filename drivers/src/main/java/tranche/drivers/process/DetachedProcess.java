package tranche.drivers.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A process that goes on when its starter dies.
///
/// It begins in a session of its own (through the program `setsid`, where the `PATH` has it), so
/// that neither the end of the starter nor an interrupt typed at its terminal reaches it. Without
/// `setsid` it outlives kill -9 of its starter too, but not ctrl-C at the starter's terminal. It
/// reads from nothing and writes to a file. Of the starter's environment it sees only the variables
/// in [#PASSED_ON].
///
/// @param known the process as recorded or just started; empty when none is known
public record DetachedProcess(Mark mark, Optional<ProcessIdentity> known) {
  /// Starts a detached process.
  interface Launcher {
    /// Returns when the system has started it.
    DetachedProcess start(Launch launch) throws IOException;
  }

  /// What a process needs to find programs, its user, language, time zone and Java.
  public static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "TZ", "JAVA_HOME");

  private static final Duration FORCE = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MILLIS = 20;

  /// Starts it.
  ///
  /// @throws IOException if the system refuses to, for instance because there is no such program
  public static DetachedProcess start(Launch launch) throws IOException {
    List<String> command = new ArrayList<>();
    sessionProgram().map(Path::toString).ifPresent(command::add);
    command.addAll(launch.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(launch.folder().toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(launch.log().toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED_ON);
    environment.put(launch.mark().variable(), launch.mark().value().toString());
    // `setsid` replaces itself by the command, so the pid is the command's. One that has ended by
    // now is known by nothing, which is what it is.
    long pid = builder.start().pid();
    return new DetachedProcess(launch.mark(), ProcessIdentity.of(pid));
  }

  /// The process that was recorded. Where a start was intended and nothing was recorded, the oldest
  /// one that carries the mark: its starter died before it could record it.
  public static DetachedProcess adopt(Mark mark, Optional<ProcessIdentity> recorded) {
    return new DetachedProcess(mark, recorded.or(() -> mark.processes().stream().findFirst()));
  }

  /// Whether it runs.
  public boolean isAlive() {
    return known.filter(ProcessIdentity::isAlive).isPresent();
  }

  /// Ends processes and their marked children: asks all at once, waits, then uses force. Does
  /// nothing for those that are gone, and never touches one that merely has the pid of one of them.
  ///
  /// @param patience how long they have together to end by themselves
  /// @throws tranche.core.problem.ProblemException [ProcessProblem.ProcessNotEnded]
  public static void stop(Collection<DetachedProcess> processes, Duration patience)
      throws InterruptedException {
    Set<ProcessIdentity> asked = alive(processes);
    asked.forEach(ProcessIdentity::askToEnd);
    awaitEnd(asked, patience);
    // Again by mark: one of them may have started another while it was ending.
    Set<ProcessIdentity> left = alive(processes);
    left.forEach(ProcessIdentity::endByForce);
    awaitEnd(left, FORCE);
    for (DetachedProcess process : processes) {
      for (ProcessIdentity still : process.all()) {
        throw new ProcessProblem.ProcessNotEnded(process.mark.value().toString(), still.pid())
            .exception();
      }
    }
  }

  private static Set<ProcessIdentity> alive(Collection<DetachedProcess> processes) {
    Set<ProcessIdentity> alive = new LinkedHashSet<>();
    processes.forEach(process -> alive.addAll(process.all()));
    return alive;
  }

  private Set<ProcessIdentity> all() {
    Set<ProcessIdentity> all = new LinkedHashSet<>(mark.processes());
    known.filter(ProcessIdentity::isAlive).ifPresent(all::add);
    return all;
  }

  private static void awaitEnd(Set<ProcessIdentity> processes, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (processes.stream().anyMatch(ProcessIdentity::isAlive)
        && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static Optional<Path> sessionProgram() {
    String path = System.getenv("PATH");
    if (path == null) {
      return Optional.empty();
    }
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(path)
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "setsid").toAbsolutePath())
        .filter(Files::isExecutable)
        .findFirst();
  }
}
