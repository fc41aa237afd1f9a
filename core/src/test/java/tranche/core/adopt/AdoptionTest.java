package tranche.core.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tranche.core.adopt.AdoptionDecision.Adopt;
import tranche.core.adopt.AdoptionDecision.Refuse;
import tranche.core.adopt.ForeignHistory.Alembic;
import tranche.core.adopt.ForeignHistory.ChangeSet;
import tranche.core.adopt.ForeignHistory.Django;
import tranche.core.adopt.ForeignHistory.Flyway;
import tranche.core.adopt.ForeignHistory.FlywayRow;
import tranche.core.adopt.ForeignHistory.GolangMigrate;
import tranche.core.adopt.ForeignHistory.Liquibase;
import tranche.core.adopt.ForeignHistory.Rails;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.FlywayChecksum;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.StorePlaceholder;
import tranche.core.migration.TransactionMode;
import tranche.core.release.SchemaVersion;

class AdoptionTest {
  private static final MigrationSet FOLDER =
      new MigrationSet(
          "migrations",
          FolderFormat.FLYWAY,
          List.of(
              versioned("1", 11),
              baseline("2", 92),
              versioned("2", 22),
              versioned("3", 33),
              repeatable("views", 77)),
          List.of());

  @Test
  void flyway_rows_become_rows_with_the_checksums_that_flyway_kept() {
    Adopt adopt = adopt(sql(1, "1", 11), sql(2, "2", 22), row(3, null, "views", "SQL", 70));

    assertThat(adopt.kind()).isEqualTo(HistoryKind.FLYWAY);
    assertThat(adopt.applied())
        .containsExactly(
            applied("1", "flyway:11"),
            applied("2", "flyway:22"),
            new AppliedMigration(new MigrationKey.Repeatable("views"), "flyway:70", false));
    assertThat(adopt.notes()).isEmpty();
  }

  @Test
  void a_repeatable_migration_with_values_of_the_store_is_known_by_them() {
    String text = "CREATE VIEW v AS SELECT '" + StorePlaceholder.SCHEMA.mark() + "'";
    var script = new SqlScript("R__views.sql", text, "ab", FlywayChecksum.of(text));
    var folder =
        new MigrationSet("m", FolderFormat.FLYWAY, List.of(repeatable("views", script)), List.of());
    int own = FlywayChecksum.of("CREATE VIEW v AS SELECT 'acme'");
    var history =
        new ForeignHistory.Flyway(List.of(sql(1, "1", own), row(2, null, "views", "SQL", own)));

    assertThat(history.withoutValues(folder, Map.of(StorePlaceholder.SCHEMA, "acme")).rows())
        .containsExactly(sql(1, "1", own), row(2, null, "views", "SQL", script.flywayChecksum()));
    assertThat(history.withoutValues(folder, Map.of(StorePlaceholder.SCHEMA, "other")))
        .isEqualTo(history);
    assertThat(history.withoutValues(FOLDER, Map.of())).isSameAs(history);
  }

  @Test
  void the_creation_of_the_schema_is_no_migration() {
    assertThat(adopt(row(0, null, "<< Flyway Schema Creation >>", "SCHEMA", null)).applied())
        .isEmpty();
  }

  @Test
  void a_baseline_stands_for_all_versions_up_to_its_own() {
    assertThat(adopt(row(1, "2", "<< Flyway Baseline >>", "BASELINE", null)).applied())
        .containsExactly(
            new AppliedMigration(
                new MigrationKey.Version(new SchemaVersion("2")), "adopted", true));
    assertThat(adopt(row(1, "2", "base", "SQL_BASELINE", 92)).applied())
        .containsExactly(
            new AppliedMigration(
                new MigrationKey.Version(new SchemaVersion("2")), "flyway:92", true));
    assertThat(refusal(row(1, "2", "base", "SQL_BASELINE", 93)))
        .singleElement()
        .asString()
        .contains("has Flyway checksum 93", "B2__x.sql has 92");
  }

  @Test
  void rows_of_undo_and_repair_take_a_version_away_again() {
    Adopt undone = adopt(sql(1, "1", 11), sql(2, "2", 22), row(3, "2", "x", "UNDO_SQL", 5));
    assertThat(undone.applied()).containsExactly(applied("1", "flyway:11"));

    Adopt deleted = adopt(sql(1, "1", 11), sql(2, "9", 1), row(3, "9", "x", "DELETE", null));
    assertThat(deleted.applied()).containsExactly(applied("1", "flyway:11"));
  }

  @Test
  void what_ran_again_after_an_undo_is_there_again() {
    Adopt again = adopt(sql(1, "1", 11), row(2, "1", "x", "UNDO_SQL", 5), sql(3, "1", 11));
    assertThat(again.applied()).containsExactly(applied("1", "flyway:11"));
  }

  @Test
  void a_failed_row_is_a_reason_not_to_adopt() {
    FlywayRow failed = new FlywayRow(2, Optional.of("2"), "x", "SQL", Optional.of(22), false);
    assertThat(refusal(sql(1, "1", 11), failed))
        .containsExactly("V2 failed under Flyway (row 2): repair it there first (flyway repair)");
  }

  @Test
  void all_reasons_are_told_at_once() {
    assertThat(refusal(sql(1, "1", 10), sql(2, "8", 1)))
        .hasSize(2)
        .anySatisfy(
            r -> assertThat(r).contains("V1 was changed", "checksum 10", "V1__x.sql has 11"))
        .anySatisfy(r -> assertThat(r).contains("V8 (x) was run here and is not in the folder"));
  }

  @Test
  void a_java_migration_is_taken_as_run_and_told() {
    Adopt adopt = adopt(sql(1, "1", 11), row(2, "1.5", "fill", "JDBC", null));
    assertThat(adopt.applied())
        .containsExactly(applied("1", "flyway:11"), applied("1.5", AppliedMigration.OPAQUE));
    assertThat(adopt.notes()).singleElement().asString().contains("V1.5 (fill)", "JDBC");
  }

  @Test
  void golang_migrate_means_everything_up_to_its_version() {
    assertThat(((Adopt) decide(new GolangMigrate(Optional.of("2"), false))).applied())
        .containsExactly(applied("1", "adopted"), applied("2", "adopted"));
    assertThat(((Adopt) decide(new GolangMigrate(Optional.empty(), false))).applied()).isEmpty();
    assertThat(reasons(new GolangMigrate(Optional.of("2"), true)))
        .singleElement()
        .asString()
        .contains("dirty");
    assertThat(reasons(new GolangMigrate(Optional.of("7"), false)))
        .containsExactly("version 7 was run here and is not in the folder");
  }

  @Test
  void rails_means_exactly_its_versions() {
    assertThat(((Adopt) decide(new Rails(List.of("1", "3")))).applied())
        .containsExactly(applied("1", "adopted"), applied("3", "adopted"));
    assertThat(reasons(new Rails(List.of("1", "4", "x")))).hasSize(2);
  }

  @Test
  void a_change_set_means_the_version_that_is_its_id_or_was_stated() {
    var byId = new ChangeSet("1", "ann", "a.sql", "EXECUTED");
    var stated = new ChangeSet("add-priority", "ann", "b.sql", "MARK_RAN");
    var skipped = new ChangeSet("other", "ann", "b.sql", "SKIPPED");
    var history = new Liquibase(List.of(byId, stated, skipped), false);

    assertThat(reasons(history)).singleElement().asString().contains("b.sql::add-priority::ann");
    AdoptionRules rules = rules(Map.of("b.sql::add-priority::ann", "2"));
    assertThat(((Adopt) Adoption.decide(FOLDER, history, rules)).applied())
        .containsExactly(applied("1", "adopted"), applied("2", "adopted"));
  }

  @Test
  void a_locked_or_failed_liquibase_history_is_refused() {
    var failed = new ChangeSet("1", "ann", "a.sql", "FAILED");
    assertThat(reasons(new Liquibase(List.of(failed), true))).hasSize(2);
  }

  @Test
  void alembic_needs_a_stated_version_and_one_head() {
    var history = new Alembic(List.of("1a2b3c"));
    assertThat(reasons(history)).singleElement().asString().contains("--map '1a2b3c=VERSION'");
    assertThat(((Adopt) Adoption.decide(FOLDER, history, rules(Map.of("1a2b3c", "2")))).applied())
        .containsExactly(applied("1", "adopted"), applied("2", "adopted"));
    assertThat(Adoption.decide(FOLDER, history, rules(Map.of("1a2b3c", "5"))))
        .isInstanceOf(Refuse.class);
    assertThat(reasons(new Alembic(List.of("a", "b")))).singleElement().asString().contains("a, b");
  }

  @Test
  void django_takes_the_highest_stated_version_and_stays_read_only() {
    var history = new Django(List.of("auth.0001_initial", "shop.0001_initial", "shop.0002_more"));
    assertThat(reasons(history)).singleElement().asString().contains("shop.0002_more=VERSION");
    Adopt adopt =
        (Adopt)
            Adoption.decide(
                FOLDER, history, rules(Map.of("shop.0001_initial", "1", "shop.0002_more", "3")));
    assertThat(adopt.applied()).hasSize(3);
    assertThat(adopt.notes()).singleElement().asString().contains("only read");
  }

  @Test
  void empty_histories_are_adopted_as_empty() {
    for (ForeignHistory history :
        List.of(
            new Flyway(List.of()),
            new Rails(List.of()),
            new Liquibase(List.of(), false),
            new Alembic(List.of()),
            new Django(List.of()))) {
      assertThat(((Adopt) decide(history)).applied()).as(history.kind().word()).isEmpty();
      assertThat(((Adopt) decide(history)).kind()).isEqualTo(history.kind());
    }
  }

  private static AdoptionRules rules(Map<String, String> stated) {
    Map<String, SchemaVersion> versions = new java.util.HashMap<>();
    stated.forEach((name, version) -> versions.put(name, new SchemaVersion(version)));
    return new AdoptionRules(versions);
  }

  private static Adopt adopt(FlywayRow... rows) {
    return (Adopt) decide(new Flyway(List.of(rows)));
  }

  private static List<String> refusal(FlywayRow... rows) {
    return reasons(new Flyway(List.of(rows)));
  }

  private static List<String> reasons(ForeignHistory history) {
    return ((Refuse) decide(history)).reasons();
  }

  private static AdoptionDecision decide(ForeignHistory history) {
    return Adoption.decide(FOLDER, history, AdoptionRules.NONE);
  }

  private static AppliedMigration applied(String version, String checksum) {
    var key = new MigrationKey.Version(new SchemaVersion(version));
    return new AppliedMigration(key, checksum, false);
  }

  private static FlywayRow sql(int rank, String version, int checksum) {
    return row(rank, version, "x", "SQL", checksum);
  }

  private static FlywayRow row(
      int rank, String version, String description, String type, Integer checksum) {
    return new FlywayRow(
        rank, Optional.ofNullable(version), description, type, Optional.ofNullable(checksum), true);
  }

  private static SourceMigration versioned(String version, int checksum) {
    return migration(
        MigrationKind.VERSIONED,
        new MigrationKey.Version(new SchemaVersion(version)),
        "V" + version + "__x.sql",
        checksum);
  }

  private static SourceMigration baseline(String version, int checksum) {
    return migration(
        MigrationKind.BASELINE,
        new MigrationKey.Version(new SchemaVersion(version)),
        "B" + version + "__x.sql",
        checksum);
  }

  private static SourceMigration repeatable(String description, int checksum) {
    return migration(
        MigrationKind.REPEATABLE,
        new MigrationKey.Repeatable(description),
        "R__" + description + ".sql",
        checksum);
  }

  private static SourceMigration repeatable(String description, SqlScript script) {
    return migration(MigrationKind.REPEATABLE, new MigrationKey.Repeatable(description), script);
  }

  private static SourceMigration migration(
      MigrationKind kind, MigrationKey key, String file, int checksum) {
    return migration(kind, key, new SqlScript(file, "SELECT 1", "sha-" + file, checksum));
  }

  private static SourceMigration migration(MigrationKind kind, MigrationKey key, SqlScript script) {
    return new SourceMigration(
        kind,
        key,
        "x",
        script,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TransactionMode.BY_STATEMENTS,
        List.of());
  }
}
