package tranche.config.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.Requirement;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.StorePlaceholder;
import tranche.core.migration.TransactionMode;
import tranche.core.problem.Problem;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;

final class FlywayFolderTest {
  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private FolderReading read() {
    return MigrationFolder.read(folder, FolderSettings.DEFAULTS);
  }

  private SourceMigration only() {
    List<SourceMigration> migrations = read().set().migrations();
    assertThat(migrations).hasSize(1);
    return migrations.getFirst();
  }

  @Test
  void baselines_versions_undo_scripts_and_repeatables_stand_in_their_order() throws IOException {
    write("V1__a.sql", "1");
    write("V2__b.sql", "2");
    write("U2__take_back_b.sql", "-2");
    write("B2__base.sql", "b2");
    write("V10__c.sql", "10");
    write("R__z.sql", "z");
    write("R__a.sql", "a");

    assertThat(read().set().migrations())
        .extracting(
            SourceMigration::kind,
            m -> m.key().text(),
            SourceMigration::description,
            m -> m.down().map(SqlScript::text).orElse("-"))
        .containsExactly(
            tuple(MigrationKind.VERSIONED, "1", "a", "-"),
            tuple(MigrationKind.BASELINE, "2", "base", "-"),
            tuple(MigrationKind.VERSIONED, "2", "b", "-2"),
            tuple(MigrationKind.VERSIONED, "10", "c", "-"),
            tuple(MigrationKind.REPEATABLE, "R:a", "a", "-"),
            tuple(MigrationKind.REPEATABLE, "R:z", "z", "-"));
  }

  @Test
  void callbacks_run_in_the_order_of_events_and_descriptions() throws IOException {
    write("afterMigrateError.sql", "");
    write("sub/afterMigrate__2_grants.sql", "");
    write("afterMigrate__1_stats.sql", "");
    write("afterMigrate.sql", "");
    write("beforeEachMigrate.sql", "");
    write("beforeEachMigrate.sql.conf", "executeInTransaction=false");
    write("afterMigrateApplied.sql", "");
    write("beforeClean.sql", "");
    write("beforeRepeatables__x.sql", "");

    FolderReading reading = read();

    assertThat(reading.set().callbacks())
        .extracting(c -> c.event(), c -> c.script().name(), c -> c.transaction())
        .containsExactly(
            tuple(
                CallbackEvent.BEFORE_EACH_MIGRATE, "beforeEachMigrate.sql", TransactionMode.NEVER),
            tuple(CallbackEvent.AFTER_MIGRATE, "afterMigrate.sql", TransactionMode.BY_STATEMENTS),
            tuple(
                CallbackEvent.AFTER_MIGRATE,
                "afterMigrate__1_stats.sql",
                TransactionMode.BY_STATEMENTS),
            tuple(
                CallbackEvent.AFTER_MIGRATE,
                "sub/afterMigrate__2_grants.sql",
                TransactionMode.BY_STATEMENTS),
            tuple(
                CallbackEvent.AFTER_MIGRATE_APPLIED,
                "afterMigrateApplied.sql",
                TransactionMode.BY_STATEMENTS),
            tuple(
                CallbackEvent.AFTER_MIGRATE_ERROR,
                "afterMigrateError.sql",
                TransactionMode.BY_STATEMENTS));
    assertThat(reading.notes())
        .extracting(FolderNote::kind, FolderNote::name)
        .containsExactly(
            tuple(FolderNote.Kind.CALLBACK_IGNORED, "beforeClean.sql"),
            tuple(FolderNote.Kind.CALLBACK_IGNORED, "beforeRepeatables__x.sql"));
  }

  @ParameterizedTest
  @CsvSource({
    "executeInTransaction=false, NEVER",
    "executeInTransaction = TRUE, ALWAYS",
    "'# nothing\n\n', BY_STATEMENTS",
    "'encoding=utf-8\nshouldExecute=true', BY_STATEMENTS",
    "executeInTransaction=${inside}, NEVER"
  })
  void a_script_has_a_configuration(String config, TransactionMode mode) throws IOException {
    write("V1__a.sql", "SELECT 1");
    write("V1__a.sql.conf", config);

    FolderSettings settings = FolderSettings.DEFAULTS.withPlaceholders(Map.of("inside", "false"));
    assertThat(MigrationFolder.read(folder, settings).set().migrations().getFirst().transaction())
        .isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource({
    "executeInTransaction=maybe, executeInTransaction=maybe",
    "encoding=ISO-8859-1, encoding=ISO-8859-1",
    "shouldExecute=${env}==prod, shouldExecute=x==prod",
    "executeInTransactoin=false, executeInTransactoin",
    "nonsense, nonsense"
  })
  void a_configuration_that_cannot_be_followed_is_refused(String config, String said)
      throws IOException {
    write("V1__a.sql", "SELECT 1");
    write("V1__a.sql.conf", config);

    FolderSettings settings = FolderSettings.DEFAULTS.withPlaceholders(Map.of("env", "x"));
    List<Problem> problems = Refusal.problems(() -> MigrationFolder.read(folder, settings));
    assertThat(problems).extracting(Problem::code).containsExactly("script-config-refused");
    assertThat(problems.getFirst().what()).endsWith("V1__a.sql.conf says: " + said);
  }

  @Test
  void what_a_store_decides_becomes_a_mark() throws IOException {
    write(
        "V1__a.sql",
        "${flyway:defaultSchema} ${tranche:schema} ${flyway:database} ${flyway:user}"
            + " ${tranche:tenant} ${flyway:table} ${flyway:filename}");

    assertThat(only().up().text())
        .isEqualTo(
            "%1$s %1$s %2$s %3$s %4$s flyway_schema_history V1__a.sql"
                .formatted(
                    StorePlaceholder.SCHEMA.mark(),
                    StorePlaceholder.DATABASE.mark(),
                    StorePlaceholder.USER.mark(),
                    StorePlaceholder.TENANT.mark()));
  }

  @Test
  void placeholders_without_values_are_refused_with_their_lines() throws IOException {
    write("V1__a.sql", "SELECT 1;\n-- ${count");
    write("V2__b.sql", "\r\nSELECT '${a}';\nSELECT '${b}'");
    write("V3__c.sql", "SELECT '${flyway:timestamp}'");
    write("V4__d.sql", "SELECT '${flyway:workingDirectory}'");

    List<Problem> problems = Refusal.problems(this::read);

    assertThat(problems)
        .extracting(Problem::code, p -> p.what().replace(folder.toString(), "F"))
        .containsExactly(
            tuple(
                "placeholder-unresolved",
                "Line 2 of F/V1__a.sql has the placeholder ${count}, which has no value"),
            tuple(
                "placeholder-unresolved",
                "Line 2 of F/V2__b.sql has the placeholder ${a}, which has no value"),
            tuple(
                "placeholder-not-reproducible",
                "Line 1 of F/V3__c.sql uses ${flyway:timestamp}, whose value is another at each"
                    + " run"),
            tuple(
                "placeholder-not-reproducible",
                "Line 1 of F/V4__d.sql uses ${flyway:workingDirectory}, whose value depends on"
                    + " where the command is run"));
  }

  @Test
  void a_fixed_value_makes_a_placeholder_reproducible() throws IOException {
    write("V1__a.sql", "SELECT '${flyway:timestamp}'");

    FolderSettings settings =
        FolderSettings.DEFAULTS.withPlaceholders(Map.of("flyway:timestamp", "2026-11-03"));
    assertThat(MigrationFolder.read(folder, settings).set().migrations().getFirst().up().text())
        .isEqualTo("SELECT '2026-11-03'");
  }

  @Test
  void values_of_placeholders_are_not_shown() {
    assertThat(FolderSettings.DEFAULTS.withPlaceholders(Map.of("key", "s3cret")).toString())
        .contains("key")
        .doesNotContain("s3cret");
  }

  @Test
  void headers_say_phase_batch_requirements_and_allowed_rules() throws IOException {
    write(
        "V1__a.sql",
        """
        /* Copyright
           /* nested */ */

        -- by nina
        -- tranche: phase=backfill  batch=500
        --tranche: requires=shared@12,billing@2.1 allow=rewrite-table
          -- tranche: allow=drop-column,x
        UPDATE a SET b = 1;
        """);

    SourceMigration migration = only();

    assertThat(migration.statedPhase()).contains(SchemaPhase.BACKFILL);
    assertThat(migration.batch()).contains(500);
    assertThat(migration.requires())
        .containsExactly(
            new Requirement("shared", new SchemaVersion("12")),
            new Requirement("billing", new SchemaVersion("2.1")));
    assertThat(migration.allowed()).containsExactly("rewrite-table", "drop-column", "x");
  }

  @ParameterizedTest
  @CsvSource({
    "-- tranche: phase=later",
    "-- tranche: phase=expand phase=expand",
    "'-- tranche: phase=expand\n-- tranche: phase=contract'",
    "-- tranche: batch=5",
    "-- tranche: phase=contract batch=5",
    "-- tranche: phase=backfill batch=0",
    "-- tranche: phase=backfill batch=1000001",
    "-- tranche: requires=shared",
    "-- tranche: requires=@1",
    "-- tranche: requires=a@x",
    "'-- tranche: allow=a,'",
    "-- tranche: allow=DROP",
    "-- tranche: colour=red",
    "-- tranche:",
    "-- tranche: expand",
    "'SELECT 1;\n-- tranche: phase=expand'",
    "'SELECT 1; /*\n-- tranche: phase=expand\n*/'",
    "'/*\n-- tranche: phase=expand\n*/'"
  })
  void a_header_that_is_not_understood_is_refused(String text) throws IOException {
    write("V1__a.sql", text + "\nSELECT 1;");

    assertThat(Refusal.codes(this::read)).containsExactly("migration-header");
  }

  @Test
  void only_migrations_have_headers() throws IOException {
    write("V1__a.sql", "");
    write("U1__a.sql", "-- tranche: phase=expand\n");
    write("beforeMigrate.sql", "-- tranche: allow=x\n");

    assertThat(Refusal.codes(this::read)).containsExactly("migration-header", "migration-header");
  }

  @Test
  void folders_state_phases() throws IOException {
    write("expand/V1__a.sql", "");
    write("2026/backfill/more/V2__b.sql", "-- tranche: phase=backfill batch=7\n");
    write("contract/V3__c.sql", "");
    write("contracts/V4__d.sql", "");

    assertThat(read().set().migrations())
        .extracting(SourceMigration::statedPhase, SourceMigration::batch)
        .containsExactly(
            tuple(Optional.of(SchemaPhase.EXPAND), Optional.empty()),
            tuple(Optional.of(SchemaPhase.BACKFILL), Optional.of(7)),
            tuple(Optional.of(SchemaPhase.CONTRACT), Optional.empty()),
            tuple(Optional.empty(), Optional.empty()));
  }

  @Test
  void folders_that_are_there_for_another_reason_state_nothing() throws IOException {
    write("contract/V1__a.sql", "-- tranche: phase=expand\n");
    FolderSettings base = FolderSettings.DEFAULTS;
    FolderSettings settings =
        new FolderSettings(
            base.placeholders(),
            base.names(),
            FolderSettings.PhaseFolders.MEAN_NOTHING,
            base.historyTable());

    assertThat(MigrationFolder.read(folder, settings).set().migrations().getFirst().statedPhase())
        .contains(SchemaPhase.EXPAND);
  }

  @Test
  void folder_and_header_must_agree() throws IOException {
    write("expand/V1__a.sql", "-- tranche: phase=contract\n");
    write("expand/contract/V2__b.sql", "");

    assertThat(Refusal.codes(this::read))
        .containsExactly("phase-contradiction", "phase-contradiction");
  }

  @Test
  void all_that_is_wrong_is_found_at_once() throws IOException {
    write("V1__a.sql", "");
    write("sub/V1.0__again.sql", "");
    write("U7__nothing.sql", "");
    write("U1__a.sql", "");
    write("sub/U01__a.sql", "");
    write("R__x.sql", "");
    write("sub/R__x.sql", "");
    write("afterMigrate.sql", "");
    write("sub/afterMigrate.sql", "");
    write("B1__a.sql", "");
    write("sub/B1__a.sql", "");
    write("seed.sql", "");
    write("R1__x.sql", "");
    write("R__.sql", "");
    write("V2__x.java", "");
    write("V3__load.sh", "");
    Files.write(folder.resolve("V4__latin.sql"), new byte[] {'-', '-', ' ', (byte) 0xE6});

    assertThat(Refusal.codes(this::read))
        .containsExactlyInAnyOrder(
            "duplicate-migration",
            "duplicate-migration",
            "duplicate-migration",
            "duplicate-migration",
            "duplicate-migration",
            "down-without-up",
            "migration-name",
            "migration-name",
            "migration-name",
            "migration-not-sql",
            "migration-not-sql",
            "unreadable-file");
  }

  @Test
  void an_undo_script_runs_as_its_statements_need_it() throws IOException {
    write("V1__a.sql", "");
    write("U1__a.sql", "");
    write("U1__a.sql.conf", "executeInTransaction=false");

    assertThat(read().notes())
        .extracting(FolderNote::kind, FolderNote::name)
        .containsExactly(tuple(FolderNote.Kind.KEY_IGNORED, "U1__a.sql.conf"));
  }

  @Test
  void several_folders_are_read_as_one() throws IOException {
    write("one/V1__a.sql", "");
    write("two/sub/V2__b.sql", "");
    write("two/sub/V2__b.sql.conf", "executeInTransaction=false");

    FolderReading reading =
        MigrationFolder.read(
            List.of(folder.resolve("one"), folder.resolve("two")), FolderSettings.DEFAULTS);

    assertThat(reading.set().migrations())
        .extracting(m -> m.up().name(), SourceMigration::transaction)
        .containsExactly(
            tuple("V1__a.sql", TransactionMode.BY_STATEMENTS),
            tuple("sub/V2__b.sql", TransactionMode.NEVER));
  }
}
