package tranche.postgres.embedded;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What `postmaster.pid` says about a server, compared with the processes of this machine. The file
/// alone proves nothing: it stays behind after a kill -9, and its number may since have been given
/// to another process.
///
/// @param pid of the server
/// @param port it listens on
/// @param isReady whether it has said that it accepts connections
record Postmaster(long pid, int port, boolean isReady) {
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /// The server whose process is alive and works on this data folder; empty when there is none.
  static Optional<Postmaster> running(Layout layout) throws IOException {
    return recorded(layout).filter(found -> isOurs(found.pid, layout));
  }

  /// What the file says; empty when it is missing or was only half written.
  static Optional<Postmaster> recorded(Layout layout) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(layout.pidFile());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    try {
      return lines.size() <= PORT_LINE
          ? Optional.empty()
          : Optional.of(
              new Postmaster(
                  Long.parseLong(lines.get(PID_LINE).strip()),
                  Integer.parseInt(lines.get(PORT_LINE).strip()),
                  lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready")));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Whether a process is a PostgreSQL server on this very data folder.
  static boolean isOurs(long pid, Layout layout) {
    var arguments = arguments(pid);
    int folder = arguments.indexOf("-D") + 1;
    return !arguments.isEmpty()
        && Path.of(arguments.getFirst()).endsWith("postgres")
        && folder > 0
        && folder < arguments.size()
        && arguments.get(folder).equals(layout.data().toString());
  }

  /// Whether any PostgreSQL process, such as a backend whose server was killed, still works in the
  /// data folder. A shell that merely stands in it does not count. The processes of other users
  /// cannot be seen, but they could not open the folder either.
  static boolean isDataInUse(Layout layout) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .anyMatch(process -> worksIn(process, layout.data()));
    }
  }

  private static boolean worksIn(Path process, Path folder) {
    try {
      return Files.readString(process.resolve("comm")).strip().equals("postgres")
          && Files.readSymbolicLink(process.resolve("cwd")).equals(folder);
    } catch (IOException _) {
      // It ended meanwhile, or belongs to another user: either way it does not work in the folder.
      return false;
    }
  }

  /// Empty for a process that has ended, even while its parent has not yet taken notice.
  private static List<String> arguments(long pid) {
    try {
      var bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      // The way this Java turns the bytes of file names into text, so that paths stay comparable.
      var names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
      return bytes.length == 0 ? List.of() : List.of(new String(bytes, names).split("\0"));
    } catch (IOException _) {
      // No such process: it has no arguments.
      return List.of();
    }
  }
}
