package tranche.bench.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tranche.bench.server.BenchServer;

/// `tranche schema` on stores that a URL and patterns lead to, with its answers read and checked.
///
/// @param launcher starts it
/// @param server where the stores are
/// @param migrations what is applied to them
/// @param target the options that name the stores
public record SchemaCommands(
    Launcher launcher, BenchServer server, MigrationFiles migrations, List<String> target) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Copies the list.
  public SchemaCommands {
    target = List.copyOf(target);
  }

  /// The stores that are the schemas of one database.
  public static SchemaCommands schemas(
      Launcher launcher, BenchServer server, MigrationFiles migrations, String database) {
    List<String> target = List.of("--url", server.url(database), "--schemas", "tenant_%");
    return new SchemaCommands(launcher, server, migrations, target);
  }

  /// A run of `apply`.
  ///
  /// @param process the whole process
  /// @param took the run alone, as it says itself: without the start of the JVM, and without
  ///   looking up which stores there are
  public record Applied(Outcome process, Duration took) {}

  /// Brings the stores to the newest version.
  ///
  /// @param options further ones
  /// @param stores how many stores must be changed by it
  /// @throws IllegalStateException if it changed another number of stores, or failed
  /// @throws InterruptedException when the thread was interrupted while waiting
  public Applied apply(int stores, String... options) throws InterruptedException {
    List<String> words = words("apply");
    words.addAll(List.of("-y", "-q", "-o", "json"));
    words.addAll(List.of(options));
    Outcome outcome = launcher.run(server, Heap.LIMITED, words);
    JsonNode run = JSON.readTree(outcome.output()).get("data");
    if (run.get("done").asInt() != stores) {
      throw new IllegalStateException(
          "apply changed %d stores where %d were to be changed: %s"
              .formatted(run.get("done").asInt(), stores, outcome.output()));
    }
    return new Applied(outcome, Duration.parse(run.get("took").asString()));
  }

  /// Asks how far the stores are, in the form that people read.
  ///
  /// @throws InterruptedException when the thread was interrupted while waiting
  public Outcome status(Heap heap) throws InterruptedException {
    return launcher.run(server, heap, words("status"));
  }

  /// How many stores are in which state.
  ///
  /// @throws InterruptedException when the thread was interrupted while waiting
  public Map<String, Integer> states() throws InterruptedException {
    List<String> words = words("status");
    words.addAll(List.of("-o", "json"));
    String output = launcher.run(server, Heap.LIMITED, words).output();
    Map<String, Integer> states = new TreeMap<>();
    for (JsonNode group : JSON.readTree(output).get("data").get("groups")) {
      states.merge(group.get("state").asString(), group.get("stores").asInt(), Integer::sum);
    }
    return states;
  }

  private List<String> words(String command) {
    List<String> words = new ArrayList<>(List.of("schema", command));
    words.addAll(target);
    words.addAll(List.of("--migrations", migrations.folder().toString()));
    return words;
  }
}
