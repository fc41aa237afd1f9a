package tranche.postgres.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.core.structure.StructureChange;
import tranche.core.structure.StructureFingerprint;
import tranche.postgres.structure.RehearsalOutcome.ForwardFailed;
import tranche.postgres.structure.RehearsalOutcome.NotRestored;
import tranche.postgres.structure.RehearsalOutcome.NotTried;
import tranche.postgres.structure.RehearsalOutcome.Pass;
import tranche.postgres.structure.RehearsalOutcome.Restored;
import tranche.postgres.structure.RehearsalOutcome.UndoFailed;
import tranche.postgres.structure.RehearsedStep.Mode;
import tranche.postgres.testing.PostgresForTests;

class RehearsalTest {
  private static final StructureReader READER = new StructureReader(StructureScope.COMPLETE);

  private Playground playground;
  private StructureFingerprint before;

  @BeforeEach
  void open() throws SQLException {
    playground = Playground.fresh();
    playground.run(Samples.SHARED);
    playground.store("a", Samples.FIVE_TABLES);
    before = fingerprint();
  }

  @AfterEach
  void close() throws SQLException {
    assertThat(fingerprint()).as("the store").isEqualTo(before);
    assertThat(playground.ask("SELECT count(*) FROM pg_namespace WHERE nspname ~ '^tranche_'"))
        .isEqualTo("0");
    playground.close();
  }

  private StructureFingerprint fingerprint() throws SQLException {
    return READER.read(playground.connection, "a").fingerprint();
  }

  private RehearsalOutcome rehearse(RehearsedStep... steps) throws SQLException {
    return rehearse(Rehearsal.Limits.ORDINARY, steps);
  }

  private RehearsalOutcome rehearse(Rehearsal.Limits limits, RehearsedStep... steps)
      throws SQLException {
    return Rehearsal.of(
        playground.connection, "a", List.of(steps), StatementRunner.plain("public"), limits);
  }

  private static RehearsedStep step(String name, List<String> forward, String... undo) {
    return RehearsedStep.of(name, forward, List.of(undo));
  }

  @Test
  void an_undo_that_takes_everything_back_is_seen_to_do_so() throws SQLException {
    var outcome =
        rehearse(
            step(
                "V2",
                List.of(
                    "ALTER TABLE issues ADD COLUMN due date", "CREATE INDEX due ON issues (due)"),
                "DROP INDEX due",
                "ALTER TABLE issues DROP COLUMN due"),
            step(
                "V3",
                List.of(
                    "CREATE TABLE votes (issue_id bigint REFERENCES issues, plan integer"
                        + " REFERENCES shared.plans)"),
                "DROP TABLE votes"));

    assertThat(outcome).isEqualTo(new Restored(2, List.of(), List.of()));
  }

  @Test
  void a_column_that_comes_back_elsewhere_counts_as_restored_and_is_mentioned()
      throws SQLException {
    var outcome =
        rehearse(
            step(
                "V2",
                List.of("ALTER TABLE issues DROP COLUMN body"),
                "ALTER TABLE issues ADD COLUMN body text"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Restored.class, restored -> assertThat(restored.reordered()).hasSize(1));
  }

  @Test
  void an_undo_that_forgets_something_is_named_with_what_is_left() throws SQLException {
    var outcome =
        rehearse(
            step(
                "V2",
                List.of(
                    "ALTER TABLE issues ALTER COLUMN priority TYPE integer",
                    "CREATE SEQUENCE tickets"),
                "DROP SEQUENCE tickets"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            NotRestored.class,
            not -> {
              assertThat(not.step()).isEqualTo("V2");
              assertThat(not.pass()).isEqualTo(Pass.ALONE);
              assertThat(not.diff().changes())
                  .extracting(StructureChange::sentence)
                  .contains(
                      "column issues.priority: integer NOT NULL DEFAULT 3, expected"
                          + " smallint NOT NULL DEFAULT 3");
            });
  }

  @Test
  void statements_that_fail_are_told_by_step_pass_and_reason() throws SQLException {
    var forward = rehearse(step("V2", List.of("ALTER TABLE nowhere ADD COLUMN due date")));
    assertThat(forward)
        .isInstanceOfSatisfying(
            ForwardFailed.class,
            failed -> {
              assertThat(failed.pass()).isEqualTo(Pass.ALONE);
              assertThat(failed.problem().what())
                  .contains("V2", "relation \"nowhere\" does not exist");
            });
    var undo = rehearse(step("V2", List.of("CREATE SEQUENCE s"), "DROP SEQUENCE t"));
    assertThat(undo).isInstanceOf(UndoFailed.class);
    var again =
        rehearse(
            step("V2", List.of("INSERT INTO accounts (name, email) VALUES ('it''s me', 'e@x')")));
    assertThat(again)
        .isInstanceOfSatisfying(
            ForwardFailed.class,
            failed -> {
              assertThat(failed.pass()).isEqualTo(Pass.AGAIN);
              assertThat(failed.problem().what())
                  .contains("accounts_email_key")
                  .doesNotContain("e@x");
            });
  }

  @Test
  void what_reaches_out_of_the_scratch_schema_is_refused_and_taken_back() throws SQLException {
    for (String sql :
        List.of(
            "ALTER TABLE a.issues ADD COLUMN due date",
            "DROP TABLE a.labels",
            "INSERT INTO shared.plans VALUES (1, 'x')",
            "CREATE TABLE shared.more (id integer)",
            "CREATE FUNCTION shared.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            "CREATE TYPE shared.t AS ENUM ('x')",
            "CREATE SCHEMA elsewhere")) {
      assertThat(rehearse(step("V2", List.of("CREATE TABLE t (id integer)", sql))))
          .as(sql)
          .isInstanceOfSatisfying(
              ForwardFailed.class,
              failed ->
                  assertThat(failed.problem()).isInstanceOf(StructureProblem.ReachesOutside.class));
    }
    assertThat(playground.ask("SELECT count(*) FROM shared.plans")).isEqualTo("0");
    assertThat(playground.ask("SELECT to_regclass('shared.more') IS NULL")).isEqualTo("t");
  }

  @Test
  void steps_that_run_outside_of_a_transaction_are_rehearsed_too() throws SQLException {
    var concurrent =
        new RehearsedStep(
            "V2",
            List.of("CREATE INDEX CONCURRENTLY due ON issues (created_at)"),
            List.of("DROP INDEX CONCURRENTLY due"),
            Mode.PLAIN);

    assertThat(rehearse(concurrent)).isInstanceOf(Restored.class);
  }

  @Test
  void a_migration_that_changes_its_session_does_not_change_the_next() throws SQLException {
    var outcome =
        rehearse(
            step(
                "V2",
                List.of(
                    "SET search_path TO shared",
                    "SET lock_timeout TO 0",
                    "CREATE TEMP TABLE scratchpad (id integer)")),
            step("V3", List.of("CREATE TABLE scratchpad (id integer)"), "DROP TABLE scratchpad"));

    assertThat(outcome).isInstanceOf(Restored.class);
    assertThat(playground.ask("SHOW search_path")).isEqualTo("\"$user\", public");
  }

  @Test
  void what_cannot_be_told_in_a_transaction_is_not_tried_and_says_why() throws SQLException {
    assertThat(rehearse(step("V2", List.of("VACUUM issues"))))
        .isInstanceOfSatisfying(
            NotTried.class, not -> assertThat(not.why()).contains("cannot run in a transaction"));
  }

  @Test
  void a_new_value_of_an_enum_that_is_used_at_once_cannot_be_told() throws SQLException {
    playground.run("CREATE TYPE a.mood AS ENUM ('sad')");
    before = fingerprint();

    var outcome =
        rehearse(step("V2", List.of("ALTER TYPE mood ADD VALUE 'ok'", "SELECT 'ok'::mood")));

    assertThat(outcome)
        .isInstanceOfSatisfying(NotTried.class, not -> assertThat(not.why()).contains("enum"));
  }

  @Test
  void a_table_that_a_foreign_key_was_made_to_may_stay_locked_to_the_end() throws SQLException {
    var outcome =
        rehearse(
            step("V2", List.of("CREATE SEQUENCE s"), "DROP SEQUENCE s"),
            step(
                "V3",
                List.of("CREATE TABLE v (plan integer REFERENCES shared.plans)"),
                "DROP TABLE v"));

    assertThat(outcome).isEqualTo(new Restored(2, List.of(), List.of()));
  }

  @Test
  void time_and_size_are_limited() throws SQLException {
    var slow = step("V2", List.of("SELECT pg_sleep(60)"));
    assertThat(rehearse(Rehearsal.Limits.ORDINARY.within(Duration.ofMillis(400)), slow))
        .isInstanceOfSatisfying(
            NotTried.class, not -> assertThat(not.why()).contains("were not enough"));
    assertThat(rehearse(new Rehearsal.Limits(Duration.ofSeconds(5), 3), slow))
        .isInstanceOfSatisfying(
            NotTried.class, not -> assertThat(not.why()).contains("more than the 3"));
  }

  @Test
  void a_foreign_key_into_a_shared_table_is_not_copied_so_that_nobody_waits() throws Exception {
    playground.run("ALTER TABLE a.accounts ADD COLUMN plan integer REFERENCES shared.plans");
    before = fingerprint();
    var add = step("V2", List.of("ALTER TABLE accounts ADD x int"), "ALTER TABLE accounts DROP x");
    try (var other = playground.another();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE shared.plans IN ROW EXCLUSIVE MODE");

      RehearsalOutcome outcome = rehearse(add);

      assertThat(outcome).isInstanceOf(Restored.class);
      assertThat(outcome.gaps()).hasSize(1).first().isInstanceOf(CopyGap.LeftOut.class);
      other.rollback();
    }
    var missing =
        rehearse(step("V2", List.of("ALTER TABLE accounts DROP CONSTRAINT accounts_plan_fkey")));
    assertThat(missing)
        .isInstanceOfSatisfying(
            NotTried.class, not -> assertThat(not.why()).contains("not complete"));
  }

  @Test
  void a_role_that_may_not_create_a_schema_is_told_so() throws SQLException {
    String role = PostgresForTests.freshName("reader");
    playground.run("CREATE ROLE " + role, "GRANT USAGE ON SCHEMA a TO " + role);
    playground.run("SET SESSION AUTHORIZATION " + role);
    try {
      assertThat(rehearse(step("V2", List.of("CREATE TABLE t (id int)"))))
          .isInstanceOfSatisfying(
              NotTried.class, not -> assertThat(not.why()).contains("permission denied"));
    } finally {
      playground.run("RESET SESSION AUTHORIZATION");
      playground.run("DROP OWNED BY " + role, "DROP ROLE " + role);
    }
  }

  @Test
  void a_script_that_ends_its_transaction_leaves_nothing_behind_all_the_same() throws SQLException {
    assertThat(rehearse(step("V2", List.of("CREATE TABLE t (id integer)", "COMMIT"))))
        .isInstanceOf(ForwardFailed.class);
  }
}
