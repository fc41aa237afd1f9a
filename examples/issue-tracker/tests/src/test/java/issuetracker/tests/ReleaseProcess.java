package issuetracker.tests;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A release as the platform starts it: the jar, as a process.
final class ReleaseProcess implements AutoCloseable {
  private final Process process;
  private final Path output;
  private final int port;

  private ReleaseProcess(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  static ReleaseProcess start(Path folder, String release, int port, TestDatabase database)
      throws IOException {
    return start(folder, release, Instances.file(folder, release, port, database), port);
  }

  static ReleaseProcess start(Path folder, String jarOf, Path instance, int port)
      throws IOException {
    Path output = Files.createTempFile(folder, "output", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx96m",
            "-jar",
            Releases.jar(jarOf).toString());
    builder.environment().put("TRANCHE_INSTANCE", instance.toString());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new ReleaseProcess(builder.start(), output, port);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  Client client(String tenant) {
    return new Client(port, tenant);
  }

  boolean isReady() throws InterruptedException {
    try {
      return client("acme").get("/ready").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// Sends SIGTERM.
  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the process did not end within 20 seconds");
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
