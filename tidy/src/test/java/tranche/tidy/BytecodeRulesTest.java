package tranche.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.tidy.bytecode.Arrows;
import tranche.tidy.bytecode.Cycles;
import tranche.tidy.bytecode.Jdbc;
import tranche.tidy.bytecode.Purity;

/// Each rule about classes fails on a planted class that breaks it, and only then.
class BytecodeRulesTest {
  private static final String ENGINE = "package tranche.engine.x; public class Engine {}";

  @TempDir private Path folder;
  private Planted planted;

  @BeforeEach
  void plant() {
    planted = new Planted(folder);
  }

  @Test
  void an_arrow_against_the_direction_is_named() throws IOException {
    String core = "package tranche.core.x; class Core { tranche.engine.x.Engine engine; }";

    List<Violation> found = Arrows.violations(planted.compile(ENGINE, core));

    assertThat(found)
        .singleElement()
        .hasToString(
            "arrow  tranche.core.x.Core  uses tranche.engine.x.Engine, but core may use only []");
  }

  @Test
  void an_array_of_a_forbidden_class_is_a_use_too() throws IOException {
    String core = "package tranche.core.x; class Core { tranche.engine.x.Engine[] engines; }";

    assertThat(Arrows.violations(planted.compile(ENGINE, core))).hasSize(1);
  }

  @Test
  void an_arrow_in_the_direction_is_fine() throws IOException {
    String server = "package tranche.server.x; class Server { tranche.engine.x.Engine engine; }";

    assertThat(Arrows.violations(planted.compile(ENGINE, server))).isEmpty();
  }

  @Test
  void a_module_without_a_place_on_the_map_is_named() throws IOException {
    assertThat(Arrows.violations(planted.compile("package tranche.fancy; class A {}")))
        .singleElement()
        .asString()
        .contains("module 'fancy'");
  }

  @Test
  void two_packages_that_use_each_other_are_named() throws IOException {
    String one = "package tranche.core.one; public class One { tranche.core.two.Two two; }";
    String two = "package tranche.core.two; public class Two { tranche.core.one.One one; }";

    assertThat(Cycles.violations(planted.compile(one, two)))
        .singleElement()
        .asString()
        .contains("tranche.core.one", "tranche.core.two");
  }

  @Test
  void packages_in_one_direction_are_fine() throws IOException {
    String one = "package tranche.core.one; public class One {}";
    String two = "package tranche.core.two; class Two { tranche.core.one.One one; }";

    assertThat(Cycles.violations(planted.compile(one, two))).isEmpty();
  }

  @Test
  void every_use_of_the_world_in_core_is_named() throws IOException {
    List<String> uses =
        List.of(
            "java.time.Instant.now()",
            "java.time.LocalDate.now(java.time.ZoneOffset.UTC)",
            "(java.util.function.Supplier<?>) java.time.Instant::now",
            "java.time.Clock.systemUTC()",
            "java.time.InstantSource.system()",
            "System.nanoTime()",
            "System.currentTimeMillis()",
            "System.getenv()",
            "System.getLogger(\"x\")",
            "System.out",
            "Math.random()",
            "java.util.UUID.randomUUID()",
            "new java.util.Random(1)",
            "java.util.concurrent.ThreadLocalRandom.current()",
            "java.util.random.RandomGenerator.getDefault()",
            "new java.io.StringReader(\"\")",
            "java.nio.file.Path.of(\"x\")",
            "java.net.URI.create(\"x\")");
    String[] sources = new String[uses.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] =
          "package tranche.core.x; class Use" + i + " { Object it = " + uses.get(i) + "; }";
    }

    List<Violation> found = Purity.violations(planted.compile(sources));

    for (int i = 0; i < sources.length; i++) {
      assertThat(found)
          .as(uses.get(i))
          .extracting(Violation::where)
          .contains("tranche.core.x.Use" + i);
    }
  }

  @Test
  void values_and_computation_in_core_are_fine() throws IOException {
    String source =
        """
        package tranche.core.x;
        record Pure(java.time.Instant at, String name) implements java.io.Serializable {
          boolean isLater(java.time.Instant now) { return now.plusSeconds(1).isAfter(at); }
          byte[] bytes() { return name.getBytes(java.nio.charset.StandardCharsets.UTF_8); }
        }
        """;

    assertThat(Purity.violations(planted.compile(source))).isEmpty();
  }

  @Test
  void the_engine_may_read_the_clock() throws IOException {
    String source =
        "package tranche.engine.x; class A { Object it = java.time.Clock.systemUTC(); }";

    assertThat(Purity.violations(planted.compile(source))).isEmpty();
  }

  @Test
  void jdbc_outside_postgres_is_named() throws IOException {
    String server = "package tranche.server.x; class Direct { java.sql.Connection connection; }";

    assertThat(Jdbc.violations(planted.compile(server)))
        .singleElement()
        .asString()
        .contains("java.sql.Connection");
  }

  @Test
  void jdbc_in_postgres_is_fine() throws IOException {
    String store = "package tranche.postgres.x; class Store { java.sql.Connection connection; }";

    assertThat(Jdbc.violations(planted.compile(store))).isEmpty();
  }
}
