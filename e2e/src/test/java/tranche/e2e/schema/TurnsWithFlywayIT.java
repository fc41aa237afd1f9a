package tranche.e2e.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.postgres.embedded.ServerAddress;

/// An application that migrates with Flyway when it boots, and Tranche, take turns on one fleet.
/// After each turn both say that everything is as it should be.
class TurnsWithFlywayIT {
  private static final int STORES = 12;
  private static final List<String> SCHEMAS = schemas();

  @TempDir private Path folder;

  private static List<String> schemas() {
    List<String> schemas = new ArrayList<>();
    for (int i = 0; i < STORES; i++) {
      schemas.add("tenant_%02d".formatted(i));
    }
    return schemas;
  }

  @Test
  void both_report_a_clean_state_after_each_turn() throws Exception {
    try (var server = new SchemaServer(Files.createDirectory(folder.resolve("postgres")))) {
      Files.createDirectories(folder.resolve("migrations/nested"));
      server.execute("postgres", "CREATE DATABASE fleet");

      write("V1__create.sql", "CREATE TABLE a (id int);\r\nCREATE TABLE calls (n int);\r\n");
      write(
          "nested/V1.1__fill.sql", "\uFEFFINSERT INTO calls VALUES (0);\nINSERT INTO a VALUES (1)");
      write("R__a_view.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a;\n");
      // Has another text, and so another checksum, in each store.
      write("R__own.sql", view("id"));
      flywayBoots(server, 4);

      assertThat(tranche(server, "adopt", "--yes")).contains("12");
      bothAreClean(server);

      write("V2__by_tranche.sql", "ALTER TABLE a ADD COLUMN b int;\nUPDATE calls SET n = n + 1;\n");
      write("V2.1__index.sql", "CREATE INDEX CONCURRENTLY a_b ON a (b);\n");
      write("R__a_view.sql", "CREATE OR REPLACE VIEW v AS SELECT id, b FROM a;\n");
      write("R__own.sql", view("id, b"));
      tranche(server, "apply", "--yes", "--allow", "update-all-rows");
      bothAreClean(server);
      flywayBoots(server, 0);

      write("V3__by_flyway.sql", "ALTER TABLE a ADD COLUMN c int;\n");
      flywayBoots(server, 1);
      bothAreClean(server);
      tranche(server, "apply", "--yes");
      bothAreClean(server);

      tranche(
          server,
          "revert",
          "--to",
          "2.1",
          "--schemas",
          SCHEMAS.getFirst(),
          "--yes",
          "--accept-data-loss");
      Flyway reverted = flyway(server, SCHEMAS.getFirst());
      assertThat(reverted.info().pending())
          .singleElement()
          .satisfies(m -> assertThat(m.getVersion().getVersion()).isEqualTo("3"));
      assertThat(flyway(server, SCHEMAS.get(1)).info().pending()).isEmpty();
      assertThat(reverted.migrate().migrationsExecuted).isEqualTo(1);
      tranche(server, "apply", "--yes");
      bothAreClean(server);
      assertThat(calls(server)).containsOnly("1");
    }
  }

  @Test
  void a_migration_runs_once_when_both_start_at_the_same_time() throws Exception {
    try (var server = new SchemaServer(Files.createDirectory(folder.resolve("postgres")))) {
      Files.createDirectories(folder.resolve("migrations/nested"));
      server.execute("postgres", "CREATE DATABASE fleet");
      write("V1__create.sql", "CREATE TABLE calls (n int);\nINSERT INTO calls VALUES (0);\n");
      flywayBoots(server, 1);
      tranche(server, "adopt", "--yes");
      write(
          "V2__once.sql",
          "-- tranche: allow=update-all-rows\nUPDATE calls SET n = n + 1;\nSELECT"
              + " pg_sleep(0.05);\n");

      try (ExecutorService application = Executors.newFixedThreadPool(3)) {
        SchemaCommand run = SchemaCommand.start(folder, server, words(server, "apply", "--yes"));
        List<Future<?>> boots = new ArrayList<>();
        for (String schema : SCHEMAS) {
          boots.add(application.submit(() -> flyway(server, schema).migrate()));
        }
        for (Future<?> boot : boots) {
          boot.get();
        }
        assertThat(run.end()).as(run.told()).isZero();
      }
      assertThat(calls(server)).containsOnly("1");
      bothAreClean(server);
    }
  }

  private static String view(String columns) {
    return "CREATE OR REPLACE VIEW own AS SELECT 'of ${flyway:defaultSchema} by ${flyway:user}'"
        + " AS whose, "
        + columns
        + " FROM ${flyway:defaultSchema}.a;\n";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve("migrations").resolve(name), text);
  }

  private Flyway flyway(SchemaServer server, String schema) {
    ServerAddress address = server.address();
    return Flyway.configure()
        .dataSource(address.jdbcUrl("fleet"), address.user(), address.password().reveal())
        .schemas(schema)
        .defaultSchema(schema)
        .createSchemas(true)
        .loggers("slf4j")
        .locations("filesystem:" + folder.resolve("migrations"))
        // CREATE INDEX CONCURRENTLY would wait for ever for Flyway's own open transaction.
        .configuration(java.util.Map.of("flyway.postgresql.transactional.lock", "false"))
        .load();
  }

  private void flywayBoots(SchemaServer server, int executed) {
    for (String schema : SCHEMAS) {
      assertThat(flyway(server, schema).migrate().migrationsExecuted)
          .as("migrations that Flyway ran in " + schema)
          .isEqualTo(executed);
    }
  }

  private void bothAreClean(SchemaServer server) throws Exception {
    for (String schema : SCHEMAS) {
      Flyway flyway = flyway(server, schema);
      flyway.validate();
      assertThat(Arrays.stream(flyway.info().all()).map(m -> m.getState()))
          .as("states in " + schema)
          .doesNotContain(MigrationState.PENDING, MigrationState.FAILED, MigrationState.OUTDATED);
    }
    assertThat(tranche(server, "status", "-o", "json"))
        .contains("\"ok\":true")
        .doesNotContain("behind\":1");
    assertThat(tranche(server, "apply", "--yes")).contains("Nothing to do");
  }

  private static List<String> words(SchemaServer server, String verb, String... more) {
    List<String> words = new ArrayList<>(List.of(verb, "--url", server.url("fleet")));
    if (!List.of(more).contains("--schemas")) {
      words.addAll(List.of("--schemas", "tenant_%"));
    }
    if (!verb.equals("revert")) {
      words.addAll(List.of("--migrations", "migrations"));
    }
    words.addAll(List.of(more));
    return words;
  }

  private String tranche(SchemaServer server, String verb, String... more) throws Exception {
    SchemaCommand command = SchemaCommand.start(folder, server, words(server, verb, more));
    int code = command.end();
    String told = command.told();
    assertThat(code).as("schema " + verb + " said: " + told).isZero();
    return told;
  }

  private static List<String> calls(SchemaServer server) throws SQLException {
    List<String> parts = new ArrayList<>();
    SCHEMAS.forEach(s -> parts.add("SELECT n FROM " + s + ".calls"));
    return server.rows("fleet", String.join(" UNION ALL ", parts));
  }
}
