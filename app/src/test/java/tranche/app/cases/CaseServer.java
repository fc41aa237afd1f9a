package tranche.app.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.EmbeddedSettings;
import tranche.postgres.embedded.ServerAddress;

/// The one server for all cases. It is stopped and its folder removed when the JVM ends.
final class CaseServer {
  private static final Path FOLDER = folder();
  private static final EmbeddedPostgres SERVER = start();

  private CaseServer() {}

  static ServerAddress address() {
    return SERVER.address();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("tranche-schema-cases");
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
