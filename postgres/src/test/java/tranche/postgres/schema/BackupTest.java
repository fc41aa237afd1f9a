package tranche.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tranche.postgres.schema.World.context;
import static tranche.postgres.schema.World.expand;
import static tranche.postgres.schema.World.problem;
import static tranche.postgres.schema.World.release;
import static tranche.postgres.schema.World.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.rollout.RolloutId;
import tranche.engine.schema.SchemaProblem.BackupFailed;
import tranche.engine.schema.SchemaProblem.StaleWriter;
import tranche.postgres.schema.ContentDigest.Selection;
import tranche.postgres.schema.ContentDigest.Tenants;
import tranche.postgres.testing.PostgresForTests;

final class BackupTest {
  private static final RolloutId ROLLOUT = new RolloutId("r-1");
  private static final String TABLES =
      """
      CREATE TYPE mood AS ENUM ('sad', 'happy');
      CREATE TABLE note (
        tenant_id text NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        body text, happy mood, data jsonb, raw bytea, f float8, n numeric, at timestamptz,
        tags text[], span interval,
        length int GENERATED ALWAYS AS (char_length(body)) STORED,
        PRIMARY KEY (tenant_id, id));
      ALTER TABLE note ENABLE ROW LEVEL SECURITY;
      ALTER TABLE note FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON note USING (tenant_id = current_setting('app.tenant', true));
      CREATE TABLE "odd ""name"";" ("a b" text);
      """;

  @TempDir Path folder;
  private World world;
  private StoreId acme;

  @BeforeEach
  void fill() throws Exception {
    world = World.clean(folder.resolve("backups"));
    acme = world.provisioned("acme");
    world.migrate(acme, expand("1", TABLES));
    world.migrate(
        acme,
        expand(
            "2",
            """
            INSERT INTO note (tenant_id, body, happy, data, raw, f, n, at, tags, span)
            SELECT 't' || i % 3, E'line\\n\\ttab \\\\ back, "q" é 漢 ' || i, 'happy',
              jsonb_build_object('k', i, 'n', null), decode('00ff' || lpad(to_hex(i), 4, '0'), 'hex'),
              i / 3.0, i / 7.0, now() + i * interval '1 ms', ARRAY['a', NULL, 'N\\nULL'],
              interval '1 year -1 day'
            FROM generate_series(1, 500) i;
            INSERT INTO note (tenant_id) VALUES ('empty');
            INSERT INTO note (tenant_id, body, f) VALUES ('\\N', '\\N', 'NaN'), ('', '', '-0');
            INSERT INTO "odd ""name"";" VALUES ('x'), (NULL), ('x');
            """));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String backup(String... tables) {
    return world.driver.backup(acme, release(List.of(), tables), context(1));
  }

  private BackupFolder files() {
    return new BackupFolder(folder.resolve("backups"), ROLLOUT, acme);
  }

  private Path noteFile() {
    return files().path().resolve("note.copy.gz");
  }

  @Test
  void a_backup_says_what_it_holds_and_reads_back_to_the_same_content() throws Exception {
    String said = backup("note", "odd \"name\";", "not_there");
    assertThat(said).startsWith("Copied and read back 506 rows of 2 tables, ");
    assertThat(said).endsWith(files().path().toString());

    var other = world.provisioned("other");
    world.migrate(other, expand("1", TABLES));
    assertThat(new Backup(world.databases, world.settings).restore(acme, ROLLOUT, "other"))
        .isEqualTo(506);
    assertThat(ContentDigest.of(world.databases, other))
        .isEqualTo(ContentDigest.of(world.databases, acme));
    assertThat(world.ask("SELECT count(*) FROM other.note WHERE length = char_length(body)"))
        .isEqualTo("502");
  }

  @Test
  void only_the_owner_can_read_it() throws Exception {
    backup("note");
    try (var all = Files.walk(folder.resolve("backups"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        assertThat(path.toString()).doesNotEndWith(".part");
      }
    }
  }

  @Test
  void a_verified_backup_is_kept_and_a_damaged_one_is_taken_again() throws Exception {
    backup("note");
    var first = Files.getLastModifiedTime(noteFile());
    world.run("DELETE FROM acme.note WHERE tenant_id = 't1'");

    assertThat(backup("note")).startsWith("Kept the verified copy of 503 rows");
    assertThat(Files.getLastModifiedTime(noteFile())).isEqualTo(first);

    byte[] bytes = Files.readAllBytes(noteFile());
    bytes[bytes.length / 2] ^= 1;
    Files.write(noteFile(), bytes);
    assertThatThrownBy(
            () -> new Backup(world.databases, world.settings).restore(acme, ROLLOUT, "acme"))
        .hasMessageContaining("no intact backup");
    assertThat(backup("note")).startsWith("Copied and read back 336 rows");
  }

  @Test
  void a_manifest_that_cannot_be_read_is_none() throws Exception {
    backup("note");
    for (String damaged : List.of("", "{", "null", "{\"format\": 1}", "[]")) {
      Files.writeString(files().path().resolve("manifest.json"), damaged);
      assertThat(backup("note")).as(damaged).startsWith("Copied and read back");
    }
  }

  @Test
  void a_file_that_does_not_read_back_to_the_original_is_found() throws Exception {
    backup("note");
    List<String> damages = new ArrayList<>();
    var lines = new String(read(), StandardCharsets.UTF_8).split("\n", -1);
    damages.add(String.join("\n", List.of(lines).subList(1, lines.length)));
    damages.add(lines[0] + "\n" + String.join("\n", lines));
    damages.add(String.join("\n", lines).replaceFirst("漢", "字"));
    damages.add("");
    for (String damage : damages) {
      files()
          .writeCompressed(
              "damaged.copy.gz", out -> out.write(damage.getBytes(StandardCharsets.UTF_8)));
      assertThatThrownBy(() -> verify("damaged.copy.gz"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("reads back as");
    }
    verify("note.copy.gz");
  }

  private byte[] read() throws IOException {
    try (var in = files().readCompressed("note.copy.gz")) {
      return in.readAllBytes();
    }
  }

  private void verify(String file) throws Exception {
    try (var connection = world.connect()) {
      connection.setAutoCommit(false);
      var shape = TableShape.existing(connection, "acme", List.of("note")).getFirst();
      var original =
          TableDigest.read(connection, shape.qualified(), shape.columns(), "", List.of());
      Backup.verify(connection, shape, files(), file, original);
    }
  }

  @Test
  void a_role_that_row_level_security_blinds_gets_no_empty_backup() throws Exception {
    String user = PostgresForTests.freshName("blind");
    world.run(
        "CREATE ROLE " + user + " LOGIN PASSWORD 'x'",
        "GRANT ALL ON DATABASE " + world.access.address().name() + " TO " + user,
        "GRANT USAGE ON SCHEMA acme, tranche TO " + user,
        "GRANT ALL ON ALL TABLES IN SCHEMA acme, tranche TO " + user);
    var blind = world.adminBeing(user, "x");
    try (var connection = blind.connect()) {
      assertThat(World.ask(connection, "SELECT count(*) FROM acme.note"))
          .as("what the role sees without an error: the trap")
          .isEqualTo("0");
    }
    var problem =
        problem(
            BackupFailed.class,
            () -> blind.driver.backup(acme, release(List.of(), "note"), context(1)));
    assertThat(problem.message()).contains("row-level security");
    assertThat(noteFile()).doesNotExist();
    blind.close();
  }

  @Test
  void a_folder_that_cannot_be_written_is_named() throws Exception {
    Files.writeString(folder.resolve("backups"), "a file is in the way");
    var problem = problem(BackupFailed.class, () -> backup("note"));
    assertThat(problem.message()).contains(folder.resolve("backups").toString());
  }

  @Test
  void names_cannot_lead_out_of_the_folder() {
    var store = new StoreId(new DatabaseId("../../etc/x"), "acme");
    assertThat(new BackupFolder(Path.of("/b"), ROLLOUT, store).path().normalize())
        .isEqualTo(Path.of("/b/r-1/%2E%2E%2F%2E%2E%2Fetc%2Fx/acme"));
    assertThat(BackupFolder.fileName("..")).isEqualTo("%2E%2E");
  }

  @Test
  void a_replaced_writer_takes_no_backup() {
    world.driver.provision(acme, context(5));
    problem(StaleWriter.class, () -> backup("note"));
  }

  @Test
  void restoring_over_rows_is_refused_and_changes_nothing() throws Exception {
    backup("note");
    var before = ContentDigest.of(world.databases, acme);
    problem(
        BackupFailed.class,
        () -> new Backup(world.databases, world.settings).restore(acme, ROLLOUT, "acme"));
    assertThat(ContentDigest.of(world.databases, acme)).isEqualTo(before);
  }

  @Test
  void a_digest_sees_every_change_and_only_what_it_is_asked_for() throws Exception {
    var everything = Selection.everything();
    var t1 = new Selection("tenant_id", new Tenants.Only(new TenantId("t1")), java.util.Set.of());
    var others =
        new Selection("tenant_id", new Tenants.AllBut(new TenantId("t1")), java.util.Set.of());
    var all = digest(everything);
    var ofT1 = digest(t1);
    var ofOthers = digest(others);

    world.run("UPDATE acme.note SET body = 'changed' WHERE tenant_id = 't1'");
    assertThat(digest(everything)).isNotEqualTo(all);
    assertThat(digest(t1)).isNotEqualTo(ofT1);
    assertThat(digest(others)).isEqualTo(ofOthers);

    var without = digest(everything.without("body"));
    world.run("UPDATE acme.note SET body = 'again'");
    assertThat(digest(everything.without("body"))).isEqualTo(without);
    assertThat(without.tables().get("note")).isNotNull();

    try (var connection = world.connect()) {
      run(connection, "ALTER TABLE acme.note DROP COLUMN body CASCADE");
    }
    assertThat(digest(everything)).isEqualTo(without);
  }

  private ContentDigest digest(Selection selection) {
    return ContentDigest.of(world.databases, acme, selection);
  }
}
