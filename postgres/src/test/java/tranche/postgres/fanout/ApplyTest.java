package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.postgres.fanout.Scripts.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.Expectation;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.StorePlaceholder;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.StoreConnection;
import tranche.postgres.fanout.StoreChangeProblem.StatementFailed;
import tranche.postgres.fanout.StoreChangeProblem.TransactionControl;
import tranche.postgres.fanout.StoreChangeProblem.UnmetExpectation;
import tranche.postgres.testing.PostgresForTests;

/// Migrations in a transaction, on real PostgreSQL.
class ApplyTest {
  private static Fleet fleet;

  @BeforeAll
  static void make() throws SQLException {
    fleet = Fleet.fresh();
  }

  private static StoreId store() throws SQLException {
    return fleet.made(PostgresForTests.freshName("t"));
  }

  @Test
  void migrations_and_their_history_come_together() throws Exception {
    StoreId store = store();

    StoreOutcome outcome =
        fleet.apply(
            store,
            migration("1", "CREATE TABLE a (id int)", "INSERT INTO a VALUES (1)"),
            migration("2.1", "ALTER TABLE a ADD b int -- the last line is a comment"));

    assertThat(Fleet.done(outcome)).containsExactly("1", "2.1");
    assertThat(fleet.rows(store)).isEqualTo("1,2.1");
    assertThat(fleet.ask("SELECT count(b) + count(*) FROM " + store.schema() + ".a"))
        .isEqualTo("1");
    assertThat(
            fleet.ask(
                "SELECT concat_ws('|', version, kind, failure IS NULL) FROM tranche.store WHERE"
                    + " target = '"
                    + store.schema()
                    + "'"))
        .isEqualTo("2.1|tranche|t");
    var history = fleet.history(store);
    assertThat(history.applied()).extracting(AppliedMigration::key).hasSize(2);
    assertThat(history.fingerprint()).isEqualTo(Fingerprint.of(history.applied())).isNotZero();
  }

  @Test
  void what_was_executed_and_its_undo_are_kept_once_for_all_stores() throws Exception {
    CompiledMigration same =
        Scripts.of("1", Scripts.lines("CREATE TABLE kept (id int)")).undo("DROP TABLE kept").made();
    StoreId one = store();
    StoreId two = store();

    fleet.apply(one, same);
    fleet.apply(two, same);

    assertThat(
            fleet.ask(
                "SELECT concat_ws('|', count(*), count(DISTINCT s.digest), min(s.forward),"
                    + " min(s.undo::text)) FROM tranche.history h JOIN tranche.script s USING"
                    + " (digest) WHERE s.forward LIKE '%kept%'"))
        .isEqualTo("2|1|CREATE TABLE kept (id int);|{\"DROP TABLE kept\"}");
  }

  @Test
  void a_failed_migration_leaves_nothing_and_says_where_it_failed() throws Exception {
    StoreId store = store();

    StoreOutcome outcome =
        fleet.apply(
            store,
            migration("1", "CREATE TABLE a (id int)"),
            migration(
                "2",
                "CREATE TABLE b ('x' int)".replace("'x'", "x"),
                "/* ünïcödé 🙂 */ ALTER TABLE a\n  ADD c\n  intt",
                "CREATE TABLE d (x int)"));

    StatementFailed problem = Fleet.problem(StatementFailed.class, outcome);
    assertThat(problem.at()).isEqualTo("V2 (V2__x.sql line 4)");
    assertThat(problem.message()).contains("type \"intt\" does not exist", "42704");
    assertThat(((StoreOutcome.Failed) outcome).ran()).hasSize(1);
    assertThat(fleet.rows(store)).isEqualTo("1");
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".b') IS NULL")).isEqualTo("t");
    assertThat(fleet.reading(store))
        .isInstanceOfSatisfying(
            StoreReading.Managed.class,
            managed -> assertThat(managed.failure()).get().asString().contains("intt"));

    Fleet.done(fleet.apply(store, migration("2", "CREATE TABLE b (x int)")));

    assertThat(fleet.reading(store))
        .isInstanceOfSatisfying(
            StoreReading.Managed.class, managed -> assertThat(managed.failure()).isEmpty());
  }

  @Test
  void an_error_without_a_position_names_the_statement_and_no_value_of_a_row() throws Exception {
    StoreId store = store();
    fleet.apply(
        store, migration("1", "CREATE TABLE a (x text)", "INSERT INTO a VALUES ('s3cret')"));

    StoreOutcome cast =
        fleet.apply(
            store,
            migration(
                "2",
                "CREATE TABLE b (x int)",
                "ALTER TABLE a ALTER x TYPE int USING x::int",
                "CREATE TABLE c (x int)"));
    StoreOutcome unique =
        fleet.apply(
            store,
            migration(
                "2",
                "INSERT INTO a VALUES ('s3cret')",
                "CREATE UNIQUE INDEX once ON a (x)",
                "SELECT 1"));

    StatementFailed first = Fleet.problem(StatementFailed.class, cast);
    assertThat(first.at()).isEqualTo("V2 (V2__x.sql line 2)");
    assertThat(first.message()).contains("22P02").doesNotContain("s3cret");
    StatementFailed second = Fleet.problem(StatementFailed.class, unique);
    assertThat(second.at()).isEqualTo("V2 (V2__x.sql line 2)");
    assertThat(second.message()).contains("23505", "constraint once").doesNotContain("s3cret");
  }

  @Test
  void a_syntax_error_says_its_line_and_nothing_runs() throws Exception {
    StoreId store = store();

    StoreOutcome outcome =
        fleet.apply(store, migration("1", "CREATE TABLE a (x int)", "CREATE\nTABEL b (x int)"));

    assertThat(Fleet.problem(StatementFailed.class, outcome).at())
        .isEqualTo("V1 (V1__x.sql line 3)");
  }

  @Test
  void a_script_that_controls_its_transaction_is_not_run() throws Exception {
    StoreId store = store();
    for (String control :
        List.of(
            "COMMIT",
            "/* a /* b */ */ -- c\n rollback",
            "BEGIN",
            "end",
            "START TRANSACTION",
            "SAVEPOINT x",
            "PREPARE TRANSACTION 'x'")) {
      StoreOutcome outcome = fleet.apply(store, migration("1", "CREATE TABLE a (x int)", control));

      Fleet.problem(TransactionControl.class, outcome);
    }
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".a') IS NULL")).isEqualTo("t");
  }

  @Test
  void a_block_that_commits_is_refused_by_the_server() throws Exception {
    StoreId store = store();

    StoreOutcome outcome =
        fleet.apply(store, migration("1", "CREATE TABLE a (x int)", "DO $$ BEGIN COMMIT; END $$"));

    assertThat(Fleet.problem(StatementFailed.class, outcome).message()).contains("2D000");
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".a') IS NULL")).isEqualTo("t");
  }

  @Test
  void an_object_that_is_not_as_expected_keeps_the_migration_from_being_recorded()
      throws Exception {
    StoreId store = store();
    fleet.run("CREATE TABLE " + store.schema() + ".a (other int)");
    CompiledMigration migration =
        Scripts.of("1", Scripts.lines("CREATE TABLE IF NOT EXISTS a (id int)"))
            .expecting(new Expectation.RelationThere("a"), new Expectation.ColumnThere("a", "id"))
            .made();

    UnmetExpectation problem = Fleet.problem(UnmetExpectation.class, fleet.apply(store, migration));

    assertThat(problem.expectation()).isEqualTo("column \"id\" of relation \"a\" does not exist");
    assertThat(fleet.rows(store)).isEmpty();
  }

  @Test
  void every_kind_of_expectation_is_looked_up() throws Exception {
    StoreId store = store();
    CompiledMigration fitting =
        Scripts.of(
                "1",
                Scripts.lines(
                    "CREATE TABLE a (id int CONSTRAINT pos CHECK (id > 0), x int)",
                    "CREATE INDEX ix ON a (id)",
                    "ALTER TABLE a DROP x"))
            .expecting(
                new Expectation.RelationThere("a"),
                new Expectation.RelationGone("b"),
                new Expectation.ColumnThere("a", "id"),
                new Expectation.ColumnGone("a", "x"),
                new Expectation.IndexValid("ix"),
                new Expectation.ConstraintThere("a", "pos"))
            .made();
    assertThat(Fleet.done(fleet.apply(store, fitting))).containsExactly("1");
    for (Expectation wrong :
        List.of(
            new Expectation.RelationThere("b"),
            new Expectation.RelationGone("a"),
            new Expectation.ColumnThere("a", "x"),
            new Expectation.ColumnGone("a", "id"),
            new Expectation.IndexValid("iy"),
            new Expectation.ConstraintThere("a", "neg"))) {
      CompiledMigration unfitting =
          Scripts.of("2", Scripts.lines("SELECT 1")).expecting(wrong).made();
      Fleet.problem(UnmetExpectation.class, fleet.apply(store, unfitting));
    }
  }

  @Test
  void a_history_that_has_changed_is_left_alone() throws Exception {
    StoreId store = store();
    StoreTask.Apply stale = fleet.task(store, migration("1", "CREATE TABLE late (x int)"));
    fleet.apply(store, migration("1", "CREATE TABLE a (x int)"));

    try (StoreConnection connection = fleet.access.connect(fleet.database.id(), fleet.run())) {
      assertThat(connection.perform(store, stale)).isInstanceOf(StoreOutcome.Moved.class);
      fleet.run("DROP SCHEMA " + store.schema() + " CASCADE");
      assertThat(connection.perform(store, stale)).isInstanceOf(StoreOutcome.Moved.class);
    }
  }

  @Test
  void ugly_names_mean_themselves() throws Exception {
    for (String name : List.of("a\"b", "Ten'ant", "täñ 🙂", "select", "x;drop", "b\\n%I$$")) {
      StoreId store = fleet.made(name);

      StoreOutcome outcome = fleet.apply(store, migration("1", "CREATE TABLE a (x int)"));

      assertThat(Fleet.done(outcome)).containsExactly("1");
      assertThat(fleet.history(store).applied()).hasSize(1);
    }
    assertThat(
            fleet.ask(
                "SELECT count(*) FROM pg_tables WHERE tablename = 'a' AND schemaname IN"
                    + " ('a\"b', 'Ten''ant', 'täñ 🙂', 'select', 'x;drop', 'b\\n%I$$')"))
        .isEqualTo("6");
  }

  @Test
  void a_script_leaves_nothing_behind_for_the_next_store() throws Exception {
    StoreId one = store();
    StoreId two = store();
    CompiledMigration untidy =
        migration(
            "1",
            "SET search_path = public",
            "SET lock_timeout = 1",
            "SET statement_timeout = 5",
            "CREATE TEMP TABLE left_over (x int)",
            "SELECT pg_advisory_lock(4711)",
            "PREPARE p AS SELECT 1");
    CompiledMigration tidy =
        migration(
            "1",
            "CREATE TABLE mine (x int)",
            "DO $$ BEGIN IF to_regclass('left_over') IS NOT NULL OR EXISTS (SELECT FROM"
                + " pg_prepared_statements) OR current_setting('lock_timeout') <> '150ms' OR EXISTS"
                + " (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711) THEN"
                + " RAISE 'something was left'; END IF; END $$");

    try (StoreConnection connection = fleet.access.connect(fleet.database.id(), fleet.run())) {
      Fleet.done(connection.perform(one, fleet.task(one, untidy)));
      Fleet.done(connection.perform(two, fleet.task(two, tidy)));
    }

    assertThat(fleet.ask("SELECT to_regclass('" + two.schema() + ".mine') IS NOT NULL"))
        .isEqualTo("t");
  }

  @Test
  void settings_that_a_function_changed_in_passing_are_gone_for_the_next_store() throws Exception {
    StoreId one = store();
    StoreId two = store();
    CompiledMigration passing =
        migration(
            "1",
            "CREATE TABLE a (x text)",
            "INSERT INTO a VALUES (set_config('app.tenant', 'acme', false))");
    CompiledMigration looking =
        migration("1", "CREATE TABLE a AS SELECT current_setting('app.tenant', true) AS x");

    try (StoreConnection connection = fleet.access.connect(fleet.database.id(), fleet.run())) {
      Fleet.done(connection.perform(one, fleet.task(one, passing)));
      Fleet.done(connection.perform(two, fleet.task(two, looking)));
    }

    assertThat(fleet.ask("SELECT coalesce(x, '') FROM " + two.schema() + ".a")).isEmpty();
  }

  @Test
  void names_come_from_the_store_and_from_nowhere_else_unless_asked() throws Exception {
    StoreId store = store();
    fleet.run(
        "CREATE TABLE public.everybodys (x int)",
        "CREATE SCHEMA extra",
        "CREATE FUNCTION extra.one() RETURNS int LANGUAGE sql RETURN 1");
    CompiledMigration reads =
        migration("1", "CREATE TABLE a AS SELECT extra_one.* FROM one() AS extra_one");

    StatementFailed problem =
        Fleet.problem(
            StatementFailed.class, fleet.apply(store, migration("1", "SELECT * FROM everybodys")));
    assertThat(problem.message()).contains("42P01");

    RunContext plain = fleet.run();
    RunContext asked =
        new RunContext(
            plain.run(),
            plain.person(),
            plain.limits(),
            List.of("extra"),
            Map.of(),
            Map.of(),
            plain.hooks());
    assertThat(Fleet.done(fleet.apply(asked, store, reads))).containsExactly("1");
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".a') IS NOT NULL"))
        .isEqualTo("t");
  }

  @Test
  void placeholders_have_the_values_of_the_store() throws Exception {
    StoreId store = store();
    RunContext plain = fleet.run();
    RunContext context =
        new RunContext(
            plain.run(),
            plain.person(),
            plain.limits(),
            List.of(),
            Map.of(),
            Map.of(store, "acme"),
            plain.hooks());
    CompiledMigration migration =
        Scripts.of(
                "1",
                Scripts.lines(
                    "CREATE TABLE "
                        + StorePlaceholder.SCHEMA.mark()
                        + ".a AS SELECT '"
                        + StorePlaceholder.TENANT.mark()
                        + "|"
                        + StorePlaceholder.DATABASE.mark()
                        + "' AS who"))
            .undo("DROP TABLE " + StorePlaceholder.SCHEMA.mark() + ".a")
            .made();

    Fleet.done(fleet.apply(context, store, migration));

    assertThat(fleet.ask("SELECT who FROM " + store.schema() + ".a"))
        .isEqualTo("acme|" + fleet.database.address().name());
    Fleet.done(fleet.revert(store, "1"));
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".a') IS NULL")).isEqualTo("t");
  }

  @Test
  void a_repeatable_migration_replaces_its_row() throws Exception {
    StoreId store = store();
    CompiledMigration first =
        Scripts.of("views", Scripts.lines("CREATE OR REPLACE VIEW v AS SELECT 1 AS x"))
            .kind(MigrationKind.REPEATABLE)
            .made();
    CompiledMigration second =
        Scripts.of("views", Scripts.lines("CREATE OR REPLACE VIEW v AS SELECT 2 AS x"))
            .kind(MigrationKind.REPEATABLE)
            .made();

    Fleet.done(fleet.apply(store, migration("3", "SELECT 1"), first));
    Fleet.done(fleet.apply(store, second));

    assertThat(fleet.rows(store)).isEqualTo("3,R:views");
    assertThat(fleet.ask("SELECT x FROM " + store.schema() + ".v")).isEqualTo("2");
    var history = fleet.history(store);
    assertThat(history.fingerprint()).isEqualTo(Fingerprint.of(history.applied()));
    assertThat(
            fleet.ask(
                "SELECT concat_ws('|', version, fingerprint = tranche.refresh(target, '')) FROM"
                    + " tranche.store WHERE target = '"
                    + store.schema()
                    + "'"))
        .isEqualTo("3|t");
  }

  @Test
  void data_of_a_copy_is_sent_inside_the_transaction() throws Exception {
    StoreId store = store();
    CompiledMigration migration =
        Scripts.of(
                "1",
                Scripts.statement("CREATE TABLE a (id int, name text)", 1),
                Scripts.copy("COPY a FROM stdin", "1\tone\n2\ttwo\\tabs\n", 2),
                Scripts.statement("UPDATE a SET name = 'zwei' WHERE id = 2", 6),
                Scripts.copy("COPY a (id) FROM stdin WITH (FORMAT csv)", "3\n4\n", 7),
                Scripts.copy("COPY a (id) FROM stdin", "5\n", 11))
            .made();
    CompiledMigration broken =
        Scripts.of(
                "2",
                Scripts.statement("CREATE TABLE b (id int)", 1),
                Scripts.copy("COPY b FROM stdin", "one\n", 2))
            .made();

    Fleet.done(fleet.apply(store, migration));
    StatementFailed problem = Fleet.problem(StatementFailed.class, fleet.apply(store, broken));

    assertThat(
            fleet.ask(
                "SELECT string_agg(concat(id, name), ' ' ORDER BY id) FROM "
                    + store.schema()
                    + ".a"))
        .isEqualTo("1one 2zwei 3 4 5");
    assertThat(problem.at()).isEqualTo("V2 (V2__x.sql line 2)");
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".b') IS NULL")).isEqualTo("t");
  }

  @Test
  void the_server_needs_no_second_message_for_a_migration() throws Exception {
    StoreId store = store();
    CompiledMigration migration =
        migration("1", "CREATE TABLE a (x int)", "CREATE TABLE b (x int)");
    fleet.apply(store(), migration);
    try (StoreConnection connection = fleet.access.connect(fleet.database.id(), fleet.run());
        Connection observer = fleet.connect()) {
      StoreTask.Apply task = fleet.task(store, migration);
      Fleet.done(connection.perform(store, task));
      assertThat(
              Fleet.ask(
                  observer,
                  "SELECT query FROM pg_stat_activity WHERE application_name LIKE 'tranche s-%' AND"
                      + " datname = current_database()"))
          .startsWith("BEGIN")
          .contains("tranche.enter", "CREATE TABLE a", "tranche.leave")
          .endsWith("COMMIT");
    }
  }
}
