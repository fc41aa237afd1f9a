package tranche.e2e.harness;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tranche.api.client.ClientSettings;
import tranche.api.client.TrancheClient;
import tranche.core.secret.Secret;

/// A running `tranche up`.
public final class ControlPlaneProcess {
  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final Duration POINT_MAX = Duration.ofMinutes(2);
  private static final long END_SECONDS_MAX = 30;

  private final Process process;
  private final Path out;
  private final Path err;
  private final Path data;

  private ControlPlaneProcess(Process process, Path out, Path err, Path data) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.data = data;
  }

  static ControlPlaneProcess start(
      List<String> arguments, Map<String, String> environment, Path log, Path data)
      throws IOException {
    Path out = log.resolveSibling(log.getFileName() + ".out");
    Path err = log.resolveSibling(log.getFileName() + ".err");
    Files.deleteIfExists(data.resolve("stopped-at"));
    ProcessBuilder builder =
        new ProcessBuilder(Product.tranche(arguments))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("TRANCHE_TEST_STOP_AT");
    builder.environment().putAll(environment);
    return new ControlPlaneProcess(builder.start(), out, err, data);
  }

  /// Waits until it has said where it listens.
  void awaitListening() {
    await("a control plane that listens")
        .atMost(START_MAX)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          requireAlive();
          return output().lines().anyMatch(line -> line.startsWith("api"));
        });
  }

  private void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("the control plane ended: " + output() + errors());
    }
  }

  /// What it has printed.
  public String output() throws IOException {
    return Files.readString(out);
  }

  /// What it has logged.
  public String errors() throws IOException {
    return Files.readString(err);
  }

  /// Its process.
  public long pid() {
    return process.pid();
  }

  /// A client of it.
  public TrancheClient client() throws IOException {
    Secret token = Secret.of(Files.readString(data.resolve("token")).strip());
    return new TrancheClient(
        new ClientSettings(
            Site.url(data.resolve("control.json")), token, "e2e", ClientSettings.DEFAULT_TIMEOUT));
  }

  /// Waits until it has frozen at its fault point.
  public void awaitStopPoint(String point) {
    await("the control plane at " + point)
        .atMost(POINT_MAX)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          requireAlive();
          return Files.exists(data.resolve("stopped-at"));
        });
  }

  /// Ends it with SIGKILL and returns when it is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    requireEnd();
  }

  /// Asks it to end, as ctrl-C does, and returns when it has.
  public void stop() throws InterruptedException {
    process.destroy();
    requireEnd();
  }

  private void requireEnd() throws InterruptedException {
    if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new AssertionError("process " + process.pid() + " does not end; log: " + err);
    }
  }
}
