package tranche.sql.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tranche.core.migration.Callback;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.Expectation;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.TransactionMode;
import tranche.core.migration.Undo;
import tranche.core.problem.ProblemException;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;
import tranche.sql.effect.Grammar;

class CompilerTest {
  private static final Compiler COMPILER = new Compiler(Grammar.LOADED);

  private static SourceMigration migration(String version, String up) {
    return migration(version, up, Optional.empty(), Optional.empty());
  }

  private static SourceMigration migration(
      String version, String up, Optional<String> down, Optional<SchemaPhase> phase) {
    return new SourceMigration(
        MigrationKind.VERSIONED,
        new MigrationKey.Version(new SchemaVersion(version)),
        "a change",
        script("V" + version + "__a_change.sql", up),
        down.map(text -> script("U" + version + "__a_change.sql", text)),
        phase,
        Optional.empty(),
        TransactionMode.BY_STATEMENTS,
        List.of());
  }

  private static SqlScript script(String name, String text) {
    return new SqlScript(name, text, "00", 0);
  }

  private static CompiledMigration compiled(String up) {
    return COMPILER.compile(migration("1", up));
  }

  @Test
  void statements_stand_in_order_with_their_lines_and_without_semicolons() {
    var migration = compiled("-- a header\nCREATE TABLE t (a int);\n\nCREATE INDEX i ON t (a);\n");
    assertThat(migration.statements())
        .extracting(s -> s.sql())
        .containsExactly("CREATE TABLE t (a int)", "CREATE INDEX i ON t (a)");
    assertThat(migration.statements()).extracting(s -> s.line()).containsExactly(2, 4);
  }

  @Test
  void copy_data_goes_with_its_statement() {
    var migration = compiled("COPY t FROM stdin;\n1\n2\n\\.\nANALYZE t;\n");
    assertThat(migration.statements().getFirst().copyData()).contains("1\n2\n");
    assertThat(migration.statements().getLast().copyData()).isEmpty();
  }

  @Test
  void one_statement_that_cannot_be_in_a_transaction_decides_for_all() {
    assertThat(compiled("CREATE TABLE t (a int)").isTransactional()).isTrue();
    assertThat(compiled("SELECT 1; CREATE INDEX CONCURRENTLY i ON t (a)").isTransactional())
        .isFalse();
  }

  @Test
  void the_phase_is_the_stated_one_or_the_last_of_the_statements() {
    assertThat(compiled("ALTER TABLE t ADD a int").phase()).isEqualTo(SchemaPhase.EXPAND);
    assertThat(compiled("ALTER TABLE t ADD a int; UPDATE t SET b = 1").phase())
        .isEqualTo(SchemaPhase.BACKFILL);
    assertThat(compiled("UPDATE t SET b = 1; ALTER TABLE t DROP a").phase())
        .isEqualTo(SchemaPhase.CONTRACT);
    var stated = migration("1", "DROP INDEX i", Optional.empty(), Optional.of(SchemaPhase.EXPAND));
    assertThat(COMPILER.compile(stated).phase()).isEqualTo(SchemaPhase.EXPAND);
  }

  @Test
  void what_is_dropped_and_made_again_is_no_contraction() {
    assertThat(compiled("DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 1").phase())
        .isEqualTo(SchemaPhase.EXPAND);
    assertThat(
            compiled(
                    "ALTER TABLE t DROP CONSTRAINT c;"
                        + " ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID")
                .phase())
        .isEqualTo(SchemaPhase.EXPAND);
    assertThat(compiled("DROP TABLE t; CREATE TABLE t (a int)").phase())
        .isEqualTo(SchemaPhase.CONTRACT);
  }

  @Test
  void the_last_word_on_each_object_is_what_is_expected() {
    var migration =
        compiled(
            """
            CREATE TABLE a (x int);
            ALTER TABLE a ADD COLUMN y int;
            ALTER TABLE a RENAME TO b;
            CREATE TABLE c (x int);
            ALTER TABLE c ADD CONSTRAINT k CHECK (x > 0);
            DROP TABLE c;
            ALTER TABLE d ADD CONSTRAINT k CHECK (x > 0), DROP CONSTRAINT l;
            ALTER TABLE d DROP CONSTRAINT k;
            """);
    assertThat(migration.expectations())
        .containsExactlyInAnyOrder(
            new Expectation.RelationGone("a"),
            new Expectation.RelationThere("b"),
            new Expectation.RelationGone("c"));
  }

  @Test
  void an_index_goes_with_its_table_and_stays_when_either_is_renamed() {
    var migration =
        compiled(
            """
            CREATE TABLE scratch (x int);
            CREATE INDEX one ON scratch (x);
            ALTER INDEX one RENAME TO two;
            DROP TABLE scratch;
            CREATE TABLE fresh (x int);
            CREATE INDEX fresh_x ON fresh (x);
            ALTER TABLE fresh RENAME TO a;
            """);
    assertThat(migration.expectations())
        .containsExactlyInAnyOrder(
            new Expectation.RelationGone("one"),
            new Expectation.RelationGone("scratch"),
            new Expectation.IndexValid("fresh_x"),
            new Expectation.RelationGone("fresh"),
            new Expectation.RelationThere("a"));
    assertThat(
            compiled("CREATE INDEX i ON t (x); ALTER TABLE t RENAME TO u; DROP TABLE u")
                .expectations())
        .doesNotContain(new Expectation.IndexValid("i"));
  }

  @Test
  void the_undo_runs_backwards_and_names_what_it_loses() {
    var undo = compiled("CREATE TABLE t (a int); ALTER TABLE u ADD b int").undo();
    assertThat(undo)
        .isEqualTo(
            new Undo.Statements(
                List.of("ALTER TABLE u DROP COLUMN b", "DROP TABLE t"),
                List.of("what was written to u.b", "the rows of t"),
                true));
  }

  @Test
  void one_statement_that_cannot_be_undone_makes_the_whole_unknown_and_is_named() {
    assertThat(compiled("CREATE TABLE t (a int);\nDROP INDEX i;\nDO $$ BEGIN END $$").undo())
        .isEqualTo(new Undo.Unknown("line 2, drop index i: the definition of i is not known"));
  }

  @Test
  void a_down_script_is_the_undo_and_what_it_removes_is_lost() {
    var source =
        migration(
            "1",
            "ALTER TABLE t ADD b int",
            Optional.of("ALTER TABLE t DROP COLUMN b;"),
            Optional.empty());
    assertThat(COMPILER.compile(source).undo())
        .isEqualTo(
            new Undo.Statements(
                List.of("ALTER TABLE t DROP COLUMN b"),
                List.of("what is gone after: drop column t.b"),
                false));
  }

  @Test
  void all_scripts_that_are_wrong_are_named_at_once() {
    var set =
        new MigrationSet(
            "db",
            FolderFormat.FLYWAY,
            List.of(
                migration("1", "CREATE TABEL t"),
                migration("2", "SELECT 1"),
                migration("3", "SELECT 1;\n  FROM")),
            List.of(
                new Callback(
                    CallbackEvent.AFTER_MIGRATE,
                    script("afterMigrate.sql", "nonsense"),
                    TransactionMode.BY_STATEMENTS)));
    var thrown = catchThrowableOfType(ProblemException.class, () -> COMPILER.compile(set));
    assertThat(thrown.problem().what())
        .contains("3 files cannot be read")
        .contains("V1__a_change.sql:1:8: syntax error at or near \"TABEL\"")
        .contains("V3__a_change.sql:2:3: syntax error at or near \"FROM\"")
        .contains("afterMigrate.sql:1:1");
  }

  @Test
  void callbacks_are_compiled_in_their_order() {
    var set =
        new MigrationSet(
            "db",
            FolderFormat.FLYWAY,
            List.of(),
            List.of(
                callback("afterMigrate__a.sql", "ANALYZE"),
                callback("afterMigrate__b.sql", "VACUUM")));
    var callbacks = COMPILER.compile(set).callbacks().get(CallbackEvent.AFTER_MIGRATE);
    assertThat(callbacks)
        .extracting(c -> c.source().script().name())
        .containsExactly("afterMigrate__a.sql", "afterMigrate__b.sql");
    assertThat(callbacks).extracting(c -> c.isTransactional()).containsExactly(true, false);
  }

  private static Callback callback(String name, String text) {
    return new Callback(
        CallbackEvent.AFTER_MIGRATE, script(name, text), TransactionMode.BY_STATEMENTS);
  }
}
