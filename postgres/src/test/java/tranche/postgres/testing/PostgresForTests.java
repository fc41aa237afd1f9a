package tranche.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.EmbeddedSettings;
import tranche.postgres.embedded.ServerAddress;

/// The one server that all tests of this JVM share. Each test takes names of its own. The server is
/// stopped and its folder removed when the JVM ends.
public final class PostgresForTests {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private PostgresForTests() {}

  private static final class Holder {
    static final Path FOLDER = folder();
    static final EmbeddedPostgres SERVER = start();

    private static Path folder() {
      try {
        return Files.createTempDirectory("tranche-postgres-for-tests");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static EmbeddedPostgres start() {
      try {
        var server = EmbeddedPostgres.start(EmbeddedSettings.in(FOLDER));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
        return server;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static void end(EmbeddedPostgres server) {
      try {
        server.stop();
        try (var files = Files.walk(FOLDER)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException | ProblemException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Where the server answers.
  public static ServerAddress address() {
    return Holder.SERVER.address();
  }

  /// The folder that the server's log is written to.
  public static Path logFolder() {
    return Holder.FOLDER.resolve("log");
  }

  /// A name that no other test has.
  public static String freshName(String prefix) {
    return prefix + "_" + NAMES.incrementAndGet();
  }
}
