package tranche.build.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// Remembers, between builds, which files were last seen in good shape: one line per file with its
/// modification time, size and path. A file whose line is unchanged is not parsed again.
final class Formatted {
  private final Set<String> before;
  private final Set<String> now = new TreeSet<>();

  private Formatted(Set<String> before) {
    this.before = before;
  }

  /// What an earlier build wrote to `memory`; nothing if it is missing.
  static Formatted read(Path memory) throws IOException {
    return new Formatted(
        Files.exists(memory) ? new HashSet<>(Files.readAllLines(memory)) : Set.of());
  }

  /// Whether the file is exactly as it was when last seen in good shape.
  boolean holds(Path file) throws IOException {
    return before.contains(line(file));
  }

  /// Notes that the file is in good shape now.
  void add(Path file) throws IOException {
    now.add(line(file));
  }

  /// Writes down what was added, for the next build.
  void write(Path memory) throws IOException {
    Files.write(memory, now);
  }

  private static String line(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file) + " " + file;
  }
}
