package tranche.drivers.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One process of this machine, told apart from every later one that gets its pid by when it began.
///
/// @param start on Linux the boot and the clock ticks from it to the start of the process: unlike a
///   time of day it does not move when the clock is set; elsewhere the instant of its start
public record ProcessIdentity(long pid, String start) {
  private static final Path PROC = Path.of("/proc");
  private static final boolean HAS_PROC = Files.exists(PROC.resolve("self/stat"));

  // Fields of /proc/PID/stat, counted from the one that follows the name in parentheses.
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /// The process that has this pid now; empty if there is none or it has ended and only waits to be
  /// collected by its parent.
  public static Optional<ProcessIdentity> of(long pid) {
    if (!HAS_PROC) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .flatMap(process -> process.info().startInstant())
          .map(instant -> new ProcessIdentity(pid, instant.toString()));
    }
    return read(PROC.resolve(pid + "/stat"))
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
        .filter(fields -> !fields[STATE].equals("Z") && !fields[STATE].equals("X"))
        .map(fields -> new ProcessIdentity(pid, Boot.ID + "/" + fields[START_TICKS]));
  }

  /// Whether this very process runs.
  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /// Asks the process to end (SIGTERM); does nothing if it is gone.
  void askToEnd() {
    // The handle is taken before the look at the identity and itself refuses a pid that was given
    // away since: no moment is left in which another process could be hit.
    ProcessHandle.of(pid).filter(_ -> isAlive()).ifPresent(ProcessHandle::destroy);
  }

  /// Ends the process (SIGKILL); does nothing if it is gone.
  void endByForce() {
    ProcessHandle.of(pid).filter(_ -> isAlive()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /// The text of a file of the process file system; empty when its process is gone or not ours.
  static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      // Reading from a process that has just ended fails in several ways that all say the same.
      return Optional.empty();
    }
  }

  /// Read once: it stays the same for as long as this process can live.
  private static final class Boot {
    static final String ID =
        read(PROC.resolve("sys/kernel/random/boot_id")).map(String::strip).orElse("boot");
  }
}
