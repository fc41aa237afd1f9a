package tranche.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The load generator at work.
final class Load {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long END_SECONDS_MAX = 20;

  private final Process process;
  private final Path report;

  Load(Process process, Path report) {
    this.process = process;
    this.report = report;
  }

  /// What it has counted.
  record Count(
      long sent,
      long failed,
      long wrongTenant,
      Map<String, Long> byRelease,
      Map<String, Long> failedByRelease,
      Map<String, Long> failedByCause,
      double p95Millis) {}

  /// Ends it in order and reads its last report.
  Count end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new DemoProblem.LoadFailed("it did not end").exception();
    }
    return read();
  }

  private Count read() throws IOException {
    JsonNode node = JSON.readTree(Files.readString(report));
    return new Count(
        node.path("sent").asLong(),
        node.path("failed").asLong(),
        node.path("wrongTenant").asLong(),
        counts(node.path("byRelease")),
        counts(node.path("failedByRelease")),
        counts(node.path("failedByCause")),
        node.path("latencyMillis").path("p95").asDouble());
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new TreeMap<>();
    node.properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    return counts;
  }

  void kill() {
    process.destroyForcibly();
  }
}
