package tranche.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Something that takes long to start, and that all tests of a JVM share: a server. When the JVM
/// ends it is stopped, and its folder removed.
///
/// @param folder of its own, below that for temporary files
/// @param running what was started
public record ForThisJvm<T>(Path folder, T running) {
  /// Starts it.
  @FunctionalInterface
  public interface Start<T> {
    /// Returns when it can be used.
    T in(Path folder) throws IOException, InterruptedException;
  }

  /// Stops it.
  @FunctionalInterface
  public interface Stop<T> {
    /// Returns when it has ended.
    void end(T running) throws IOException, InterruptedException;
  }

  /// Starts it now. Whoever wants to wait until it is needed keeps it in a class of its own.
  ///
  /// @param name how its folder's name begins
  public static <T> ForThisJvm<T> start(String name, Start<T> start, Stop<T> stop) {
    try {
      Path folder = Files.createTempDirectory(name);
      ForThisJvm<T> started = new ForThisJvm<>(folder, start.in(folder));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> started.end(stop)));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void end(Stop<T> stop) {
    try {
      stop.end(running);
      for (Path file : files()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
