package tranche.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tranche.bench.Main;

/// Every benchmark that starts Tranche as a process, on a real server, with fleets that are far too
/// small to measure anything.
class ProcessBenchmarksTest {
  @TempDir private static Path folder;
  private static Path program;

  /// The launcher would build the program first; this one takes the classes of the test.
  @BeforeAll
  static void writeProgram() throws IOException {
    program = folder.resolve("tranche");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(
        program,
        """
        #!/bin/sh
        exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $TRANCHE_JAVA_OPTS -cp '%s' tranche.app.Main "$@"
        """
            .formatted(java, System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void status_says_how_long_it_took_and_how_much_memory_it_needed() throws IOException {
    JsonNode json = run("status", "--stores", "20", "--runs", "1");

    assertThat(json.get("benchmark").asString()).isEqualTo("status");
    assertThat(json.get("status_seconds").asDouble()).isPositive();
    assertThat(json.get("status_max_rss_mb").asDouble()).isBetween(20.0, 600.0);
    assertThat(json.get("status_heap_mb").asDouble()).isBetween(1.0, 256.0);
    assertThat(json.get("status_cpu_seconds").asDouble()).isPositive();
    assertThat(json.get("start_seconds").asDouble()).isPositive();
    requireHowItWasMade(json, "status-20");
  }

  @Test
  void scale_compares_a_store_in_two_fleets() throws IOException {
    JsonNode json = run("scale", "--small", "10", "--stores", "30", "--rounds", "1");

    double ratio =
        json.at("/large/per_store_ms").asDouble() / json.at("/small/per_store_ms").asDouble();
    assertThat(json.get("per_store_ratio").asDouble()).isCloseTo(ratio, within(0.01));
    assertThat(json.get("heap_mb").asDouble()).isBetween(1.0, 256.0);
    assertThat(json.get("largest_backend_rss_mb").asDouble()).isBetween(1.0, 600.0);
    assertThat(json.get("largest_backend_own_mb").asDouble())
        .isPositive()
        .isLessThan(json.get("largest_backend_rss_mb").asDouble());
    requireHowItWasMade(json, "scale-30");
  }

  @Test
  void databases_counts_connections() throws IOException {
    JsonNode json = run("databases", "--count", "6", "--parallel", "2");

    assertThat(json.get("configured_connections").asInt()).isEqualTo(3);
    assertThat(json.get("most_connections").asInt()).isBetween(1, 3);
    assertThat(json.get("status_connections").asInt()).isPositive();
    assertThat(json.get("samples").asInt()).isGreaterThan(20);
    assertThat(json.get("apply_seconds").asDouble()).isPositive();
    requireHowItWasMade(json, "databases-6");
  }

  private static JsonNode run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--json", "--tranche", program.toString()));
    all.addAll(List.of("--data", folder.resolve("server").toString()));
    all.addAll(List.of("--results", folder.resolve("results").toString()));
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    assertThat(line.execute(all.toArray(String[]::new))).as("%s", err).isZero();
    assertThat(folder.resolve("server")).as("nothing is left of the server").isEmptyDirectory();
    return JsonMapper.builder().build().readTree(out.toString().lines().toList().getLast());
  }

  private static void requireHowItWasMade(JsonNode json, String files) throws IOException {
    assertThat(json.get("command").asString()).startsWith("bench/run ");
    assertThat(json.get("date").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(json.at("/facts/postgresql fsync").asString()).isEqualTo("on");
    Path results = folder.resolve("results");
    assertThat(Files.readString(results.resolve(files + ".md"))).contains(files + ".svg");
    assertThat(Files.readString(results.resolve(files + ".svg"))).startsWith("<svg");
    assertThat(results.resolve(files + ".json")).isNotEmptyFile();
  }
}
