package tranche.e2e.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a load generator has counted. `failures` describes the last hundred of them.
public record LoadReport(
    Instant started,
    Instant updated,
    long sent,
    long ok,
    long failed,
    long wrongTenant,
    Map<String, Long> byRelease,
    Map<Instant, Long> okPerSecond,
    String failures) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final LoadReport NOTHING =
      new LoadReport(Instant.EPOCH, Instant.EPOCH, 0, 0, 0, 0, Map.of(), Map.of(), "");

  static LoadReport read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NOTHING;
    }
    JsonNode node = JSON.readTree(Files.readString(file));
    Map<String, Long> releases = new TreeMap<>();
    node.path("byRelease")
        .properties()
        .forEach(e -> releases.put(e.getKey(), e.getValue().asLong()));
    Map<Instant, Long> seconds = new TreeMap<>();
    node.path("perSecond")
        .forEach(s -> seconds.put(Instant.parse(s.path("time").asString()), s.path("ok").asLong()));
    return new LoadReport(
        Instant.parse(node.path("started").asString()),
        Instant.parse(node.path("updated").asString()),
        node.path("sent").asLong(),
        node.path("ok").asLong(),
        node.path("failed").asLong(),
        node.path("wrongTenant").asLong(),
        releases,
        seconds,
        node.path("failedByCause") + " " + node.path("failures"));
  }

  /// How long it has been sending.
  public Duration time() {
    return Duration.between(started, updated);
  }

  /// Good answers in the whole seconds between two moments.
  public long okBetween(Instant from, Instant to) {
    return okPerSecond.entrySet().stream()
        .filter(s -> !s.getKey().isBefore(from) && !s.getKey().plusSeconds(1).isAfter(to))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
