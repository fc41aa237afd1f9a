package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.Expectation;
import tranche.core.migration.StoreHistory.Halfway;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.StoreConnection;
import tranche.engine.fanout.StoreProblem.StoreBusy;
import tranche.postgres.fanout.StoreChangeProblem.HalfwayDiffers;
import tranche.postgres.fanout.StoreChangeProblem.StatementFailed;
import tranche.postgres.schema.AdvisoryKey;
import tranche.postgres.testing.PostgresForTests;

/// Scripts that run statement by statement.
class StatementRunTest {
  private static final String BUILD = "CREATE UNIQUE INDEX CONCURRENTLY ix ON a (x)";
  private static Fleet fleet;

  @BeforeAll
  static void make() throws SQLException {
    fleet = Fleet.fresh();
  }

  private static StoreId store() throws SQLException {
    StoreId store = fleet.made(PostgresForTests.freshName("t"));
    fleet.run(
        "CREATE TABLE " + store.schema() + ".a (x int)",
        "INSERT INTO " + store.schema() + ".a VALUES (1), (2)");
    return store;
  }

  private static CompiledMigration script(String version) {
    return Scripts.of(
            version,
            Scripts.statement("INSERT INTO a VALUES (3)", 1),
            Scripts.outside(BUILD, 2, new Expectation.IndexValid("ix")),
            Scripts.statement("INSERT INTO a VALUES (4)", 3))
        .statementwise()
        .expecting(new Expectation.IndexValid("ix"))
        .undo("DROP INDEX CONCURRENTLY ix")
        .made();
  }

  private static String xs(StoreId store) throws SQLException {
    return fleet.ask("SELECT string_agg(x::text, ',' ORDER BY x) FROM " + store.schema() + ".a");
  }

  private static String index(StoreId store) throws SQLException {
    return fleet.ask(
        "SELECT coalesce((SELECT indisvalid::text FROM pg_index WHERE indexrelid ="
            + " to_regclass('"
            + store.schema()
            + ".ix')), 'none')");
  }

  @Test
  void a_script_with_a_concurrent_index_runs_to_its_end_and_leaves_no_lock() throws Exception {
    StoreId store = store();

    RunContext context = fleet.run();
    try (StoreConnection connection = fleet.access.connect(fleet.database.id(), context)) {
      assertThat(Fleet.done(connection.perform(store, fleet.task(store, script("1")))))
          .containsExactly("1");
      assertThat(
              fleet.ask(
                  "SELECT concat_ws('|', count(DISTINCT a.pid), count(l.pid)) FROM"
                      + " pg_stat_activity a LEFT JOIN pg_locks l ON l.pid = a.pid AND"
                      + " l.locktype = 'advisory' WHERE a.application_name = 'tranche "
                      + context.run()
                      + "'"))
          .isEqualTo("1|0");
    }

    assertThat(xs(store)).isEqualTo("1,2,3,4");
    assertThat(index(store)).isEqualTo("true");
    assertThat(fleet.rows(store)).isEqualTo("1");
    assertThat(fleet.history(store).halfway()).isEmpty();
    Fleet.done(fleet.revert(store, "1"));
    assertThat(index(store)).isEqualTo("none");
  }

  @Test
  void a_script_is_taken_up_at_the_statement_that_failed() throws Exception {
    StoreId store = store();
    fleet.run("INSERT INTO " + store.schema() + ".a VALUES (2)");

    StoreOutcome failed = fleet.apply(store, script("1"));

    StatementFailed problem = Fleet.problem(StatementFailed.class, failed);
    assertThat(problem.at()).isEqualTo("V1 (V1__x.sql line 2)");
    assertThat(problem.message()).contains("23505");
    assertThat(index(store)).as("the index that is not valid is gone").isEqualTo("none");
    assertThat(fleet.rows(store)).isEmpty();
    assertThat(fleet.history(store).halfway())
        .isEqualTo(
            Optional.of(new Halfway(script("1").key(), script("1").source().up().sha256(), 1, 3)));

    fleet.run(
        "DELETE FROM "
            + store.schema()
            + ".a WHERE ctid = (SELECT max(ctid) FROM "
            + store.schema()
            + ".a WHERE x = 2)");
    assertThat(Fleet.done(fleet.apply(store, script("1")))).containsExactly("1");

    assertThat(xs(store)).isEqualTo("1,2,3,4");
    assertThat(index(store)).isEqualTo("true");
    assertThat(fleet.history(store).halfway()).isEmpty();
  }

  @Test
  void what_died_halfway_is_looked_up_and_an_invalid_index_is_built_again() throws Exception {
    StoreId built = store();
    StoreId invalid = store();
    for (StoreId store : java.util.List.of(built, invalid)) {
      fleet.run("INSERT INTO " + store.schema() + ".a VALUES (2)");
      Fleet.problem(StatementFailed.class, fleet.apply(store, script("1")));
      fleet.run(
          "DELETE FROM "
              + store.schema()
              + ".a WHERE ctid = (SELECT max(ctid) FROM "
              + store.schema()
              + ".a WHERE x = 2)");
    }
    // The process died after the statement and before its count, or in the middle of it.
    fleet.run("CREATE UNIQUE INDEX ix ON " + built.schema() + ".a (x)");
    fleet.run(
        "CREATE UNIQUE INDEX ix ON " + invalid.schema() + ".a (x)",
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"
            + invalid.schema()
            + ".ix'::regclass");
    String before = fleet.ask("SELECT '" + built.schema() + ".ix'::regclass::oid");

    Fleet.done(fleet.apply(built, script("1")));
    Fleet.done(fleet.apply(invalid, script("1")));

    assertThat(fleet.ask("SELECT '" + built.schema() + ".ix'::regclass::oid")).isEqualTo(before);
    assertThat(index(invalid)).isEqualTo("true");
    assertThat(xs(built)).isEqualTo("1,2,3,4");
    assertThat(xs(invalid)).isEqualTo("1,2,3,4");
  }

  @Test
  void leftovers_of_a_reindex_are_dropped_before_it_runs_again() throws Exception {
    StoreId store = store();
    fleet.run(
        "CREATE INDEX ix ON " + store.schema() + ".a (x)",
        "CREATE INDEX ix_ccnew ON " + store.schema() + ".a (x)",
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"
            + store.schema()
            + ".ix_ccnew'::regclass");
    CompiledMigration reindex =
        Scripts.of("1", Scripts.outside("REINDEX INDEX CONCURRENTLY ix", 1)).statementwise().made();

    Fleet.done(fleet.apply(store, reindex));

    assertThat(
            fleet.ask(
                "SELECT string_agg(indexname, ',') FROM pg_indexes WHERE schemaname = '"
                    + store.schema()
                    + "'"))
        .isEqualTo("ix");
  }

  @Test
  void another_text_of_a_script_that_is_halfway_is_refused() throws Exception {
    StoreId store = store();
    fleet.run("INSERT INTO " + store.schema() + ".a VALUES (2)");
    Fleet.problem(StatementFailed.class, fleet.apply(store, script("1")));
    CompiledMigration edited =
        Scripts.of(
                "1",
                Scripts.statement("INSERT INTO a VALUES (33)", 1),
                Scripts.outside(BUILD, 2, new Expectation.IndexValid("ix")),
                Scripts.statement("INSERT INTO a VALUES (4)", 3))
            .statementwise()
            .made();

    HalfwayDiffers differs = Fleet.problem(HalfwayDiffers.class, fleet.apply(store, edited));

    assertThat(differs.found()).contains("migration 1 (1 of 3 statements");
    Fleet.problem(HalfwayDiffers.class, fleet.apply(store, Scripts.migration("2", "SELECT 1")));
    assertThat(xs(store)).isEqualTo("1,2,2,3");
  }

  @Test
  void a_killed_session_is_replaced_and_the_script_goes_on_without_doing_anything_twice()
      throws Exception {
    StoreId store = store();
    RunContext context = fleet.run();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        Connection application = fleet.connect()) {
      application.setAutoCommit(false);
      Fleet.run(application, "SELECT * FROM " + store.schema() + ".a");
      Future<StoreOutcome> running =
          executor.submit(() -> fleet.apply(patient(context), store, script("1")));
      kill(context, "CONCURRENTLY ix");
      application.rollback();

      assertThat(Fleet.done(running.get())).containsExactly("1");
    }
    assertThat(xs(store)).isEqualTo("1,2,3,4");
    assertThat(index(store)).isEqualTo("true");
  }

  @Test
  void an_index_without_a_name_that_was_cut_off_is_dropped_and_built_once() throws Exception {
    StoreId store = store();
    RunContext context = fleet.run();
    CompiledMigration nameless =
        Scripts.compiled("1", "CREATE INDEX CONCURRENTLY ON a (x DESC, abs(x)) WHERE x > 0");
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        Connection application = fleet.connect()) {
      application.setAutoCommit(false);
      Fleet.run(application, "SELECT * FROM " + store.schema() + ".a");
      Future<StoreOutcome> running =
          executor.submit(() -> fleet.apply(patient(context), store, nameless));
      kill(context, "CREATE INDEX CONCURRENTLY ON");
      application.rollback();

      assertThat(Fleet.done(running.get())).containsExactly("1");
    }
    assertThat(indexes(store)).isEqualTo("a_x_abs_idx true");
  }

  @Test
  void an_index_without_a_name_whose_process_died_is_looked_for() throws Exception {
    CompiledMigration nameless = Scripts.compiled("1", "CREATE INDEX CONCURRENTLY ON a (x)");
    String sha = nameless.source().up().sha256();
    StoreId built = store();
    StoreId invalid = store();
    StoreId foreign = store();
    for (StoreId store : java.util.List.of(built, invalid, foreign)) {
      fleet.run(
          "BEGIN",
          "SELECT set_config('tranche.inside', pg_current_xact_id()::text, true)",
          "SELECT tranche.begin_script('%s', 'gone', '1', '%s', 1)".formatted(store.schema(), sha),
          "COMMIT",
          "CREATE INDEX ON %s.a (%s)"
              .formatted(store.schema(), store.equals(foreign) ? "abs(x)" : "x"));
    }
    for (StoreId store : java.util.List.of(invalid, foreign)) {
      fleet.run(
          "UPDATE pg_index SET indisvalid = false WHERE indrelid = '%s.a'::regclass"
              .formatted(store.schema()));
    }

    for (StoreId store : java.util.List.of(built, invalid, foreign)) {
      assertThat(Fleet.done(fleet.apply(store, nameless))).containsExactly("1");
    }

    assertThat(indexes(built)).isEqualTo("a_x_idx true");
    assertThat(indexes(invalid)).isEqualTo("a_x_idx true");
    assertThat(indexes(foreign)).as("not ours").isEqualTo("a_abs_idx false,a_x_idx true");
  }

  private static String indexes(StoreId store) throws SQLException {
    return fleet.ask(
        "SELECT string_agg(c.relname || ' ' || i.indisvalid, ',' ORDER BY c.relname) FROM pg_index"
            + " i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = '"
            + store.schema()
            + ".a'::regclass");
  }

  private static void kill(RunContext context, String query) throws SQLException {
    String waiting =
        "SELECT pid FROM pg_stat_activity WHERE query LIKE '%"
            + query
            + "%' AND wait_event_type = 'Lock' AND application_name = 'tranche "
            + context.run()
            + "'";
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> fleet.ask("SELECT count(*) FROM (" + waiting + ") w").equals("1"));
    fleet.run("SELECT pg_terminate_backend(pid) FROM (" + waiting + ") w");
  }

  private static RunContext patient(RunContext context) {
    var limits =
        new tranche.engine.fanout.ChangeLimits(
            Duration.ofSeconds(20), 3, Duration.ofSeconds(30), 500);
    return new RunContext(
        context.run(),
        context.person(),
        limits,
        context.searchPath(),
        context.callbacks(),
        context.tenants(),
        context.hooks());
  }

  @Test
  void a_store_that_somebody_holds_is_waited_for_and_given_up() throws Exception {
    StoreId store = store();
    try (Connection rollout = fleet.connect()) {
      Fleet.run(rollout, "SELECT pg_advisory_lock(" + AdvisoryKey.of(store) + ")");

      Fleet.problem(StoreBusy.class, fleet.apply(store, script("1")));
    }
    assertThat(xs(store)).isEqualTo("1,2");
  }
}
