package tranche.postgres.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs other programs: argument vectors only, never a shell, with an environment that holds none
/// of ours (it may contain secrets, and PG* variables would change what PostgreSQL does).
final class Programs {
  private static final int TAIL_BYTES = 4_096;
  private static final int TAIL_LINES = 12;
  private static final String STANDARD_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

  private Programs() {}

  /// Where a program of the operating system is.
  static Optional<Path> find(String name) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":" + STANDARD_PATH;
    return Stream.of(path.split(":"))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Starts a program with its output going to a file that is emptied first.
  static Process start(List<String> command, Path folder, Path output) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", STANDARD_PATH);
    builder.environment().put("LC_ALL", "C");
    return builder
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /// Runs a program to its end.
  ///
  /// @return its exit code; empty when it was ended because the limit had passed
  static OptionalInt run(List<String> command, Path folder, Path output, Duration limit)
      throws IOException, InterruptedException {
    var process = start(command, folder, output);
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return OptionalInt.of(process.exitValue());
      }
      return OptionalInt.empty();
    } finally {
      process.destroyForcibly();
    }
  }

  /// The last lines of a file.
  static List<String> tail(Path file) throws IOException {
    return tail(file, 0);
  }

  /// The last lines of a file that lie behind a number of bytes; none when it is not there.
  static List<String> tail(Path file, long from) throws IOException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (var open = new RandomAccessFile(file.toFile(), "r")) {
      open.seek(Math.max(from, open.length() - TAIL_BYTES));
      var bytes = new byte[TAIL_BYTES];
      int count = Math.max(0, open.read(bytes));
      var lines = new String(bytes, 0, count, StandardCharsets.UTF_8).strip().lines().toList();
      return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    }
  }
}
