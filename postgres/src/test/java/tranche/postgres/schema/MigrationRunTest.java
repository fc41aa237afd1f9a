package tranche.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.postgres.schema.World.context;
import static tranche.postgres.schema.World.expand;
import static tranche.postgres.schema.World.problem;
import static tranche.postgres.schema.World.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.engine.schema.SchemaProblem.DatabaseUnreachable;
import tranche.engine.schema.SchemaProblem.HistoryDiffers;
import tranche.engine.schema.SchemaProblem.LockTimeout;
import tranche.engine.schema.SchemaProblem.MigrationFailed;
import tranche.engine.schema.SchemaProblem.StaleWriter;

final class MigrationRunTest {
  @TempDir Path backups;
  private World world;
  private StoreId acme;

  @BeforeEach
  void provision() throws Exception {
    world = World.clean(backups);
    acme = world.provisioned("acme");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_migration_and_its_history_row_come_together() throws Exception {
    String said = world.migrate(acme, expand("1.1", "CREATE TABLE t (id int)"));

    assertThat(said).startsWith("V1.1 applied in ");
    assertThat(world.version(acme)).isEqualTo("1.1");
    assertThat(
            world.ask(
                "SELECT concat_ws('|', target, key, description, phase, run, fence, rows,"
                    + " applied_by = current_user, duration_ms >= 0, length(checksum))"
                    + " FROM tranche.history"))
        .isEqualTo("acme|1.1|a change|expand|r-1|1|0|t|t|64");
  }

  @Test
  void a_migration_that_was_applied_is_not_run_again() throws Exception {
    var migration = expand("1", "CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
    world.migrate(acme, migration);

    assertThat(world.migrate(acme, migration)).isEqualTo("V1 was applied before");
    assertThat(world.ask("SELECT count(*) FROM acme.t")).isEqualTo("1");
  }

  @Test
  void one_and_one_point_zero_are_the_same_version() {
    world.migrate(acme, expand("01.0", "CREATE TABLE t (id int)"));

    assertThat(world.migrate(acme, expand("1", "CREATE TABLE t (id int)")))
        .isEqualTo("V1 was applied before");
    assertThat(world.version(acme)).isEqualTo("1");
  }

  @Test
  void another_content_under_an_applied_version_is_refused() {
    world.migrate(acme, expand("1", "CREATE TABLE t (id int)"));
    var problem =
        problem(
            HistoryDiffers.class,
            () -> world.migrate(acme, expand("1", "CREATE TABLE t (id bigint)")));
    assertThat(problem.found()).contains("was applied, the release has");
  }

  @Test
  void a_migration_never_runs_after_a_later_one() {
    world.migrate(acme, expand("10", "CREATE TABLE t (id int)"));
    var problem =
        problem(
            MigrationFailed.class,
            () -> world.migrate(acme, expand("9", "CREATE TABLE u (id int)")));
    assertThat(problem.message()).contains("at version 10 already");
    assertThat(world.version(acme)).isEqualTo("10");
  }

  @Test
  void statements_are_cut_where_the_server_would_cut_them() throws Exception {
    world.migrate(
        acme,
        expand(
            "1",
            """
            -- a comment; with a semicolon and the word COMMIT;
            /* COMMIT; /* nested; */ ROLLBACK; */
            CREATE TABLE "odd;name" (x text DEFAULT 'a;b''c', "end" jsonb DEFAULT '{"k": 1}');
            CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$
            BEGIN
              PERFORM 'x;y';
              RETURN $q$COMMIT;$q$;
            END;
            $body$;
            DO $$ BEGIN EXECUTE 'CREATE TABLE from_do (id int);'; END $$;
            INSERT INTO "odd;name" (x) VALUES (E'it\\'s; COMMIT;'), (f());
            SELECT '{"a":1}'::jsonb ? 'a';
            CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql
            BEGIN ATOMIC
              SELECT a + 1;
              SELECT a + 2;
            END;
            """));

    assertThat(world.ask("SELECT string_agg(x, '|' ORDER BY x DESC) FROM acme.\"odd;name\""))
        .isEqualTo("it's; COMMIT;|COMMIT;");
    assertThat(world.ask("SELECT acme.g(1)")).isEqualTo("3");
    assertThat(world.ask("SELECT count(*) FROM acme.from_do")).isEqualTo("0");
  }

  @Test
  void a_statement_behind_an_atomic_body_is_refused_whole_with_the_way_out() throws Exception {
    String sql =
        "CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END; COMMIT;"
            + " CREATE TABLE t (id int)";
    var problem = problem(MigrationFailed.class, () -> world.migrate(acme, expand("1", sql)));

    assertThat(problem.message()).contains("the last statement of a file");
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT",
        "/* x */ commit and chain",
        "BEGIN",
        "start transaction",
        "END",
        "ROLLBACK",
        "ABORT",
        "SAVEPOINT s",
        "RELEASE s",
        "prepare /* y */ transaction 'x'"
      })
  void a_file_that_controls_transactions_is_refused_before_it_runs(String control)
      throws Exception {
    String sql = "CREATE TABLE t (id int);\n-- so\n" + control + ";\nCREATE TABLE u (id int);";
    var problem = problem(MigrationFailed.class, () -> world.migrate(acme, expand("1", sql)));

    assertThat(problem.message()).contains("inside a transaction of its own");
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DO $$ BEGIN COMMIT; END $$",
        "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CALL p()",
        "CREATE INDEX CONCURRENTLY ON t (id)",
        "VACUUM",
        "INSERT INTO t VALUES ('no number')",
        "SELECT 1/0",
        "this is no SQL",
        "COPY t FROM STDIN",
        "\\connect other",
        "SELECT $$ no end",
        "SET CONSTRAINTS ALL DEFERRED; CREATE TABLE d (id int PRIMARY KEY, r int REFERENCES d"
            + " DEFERRABLE INITIALLY DEFERRED); INSERT INTO d VALUES (1, 2)"
      })
  void a_migration_that_fails_halfway_leaves_nothing(String bad) throws Exception {
    String sql = "CREATE TABLE t (id int); INSERT INTO t VALUES (1); " + bad;
    var problem = problem(MigrationFailed.class, () -> world.migrate(acme, expand("1", sql)));

    assertThat(problem.message()).isNotBlank();
    assertThat(problem.canPass()).isFalse();
    assertUntouched();
  }

  private void assertUntouched() throws Exception {
    assertThat(world.version(acme)).isEqualTo("0");
    assertThat(
            world.ask(
                "SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'acme'::regnamespace) +"
                    + " (SELECT count(*) FROM pg_proc WHERE pronamespace = 'acme'::regnamespace)"))
        .isEqualTo("0");
  }

  @Test
  void rows_of_customers_stay_out_of_the_message() {
    world.migrate(acme, expand("1", "CREATE TABLE t (mail text UNIQUE)"));
    var problem =
        problem(
            MigrationFailed.class,
            () ->
                world.migrate(
                    acme,
                    expand("2", "INSERT INTO t VALUES ('ann@example.org'), ('ann@example.org')")));
    assertThat(problem.message())
        .contains("t_mail_key")
        .contains("23505")
        .doesNotContain("ann@example.org");
  }

  @Test
  void what_a_migration_leaves_in_its_session_does_not_reach_the_next_store() throws Exception {
    var single = world.with(s -> s);
    var other = world.provisioned("other");
    single.migrate(
        acme,
        expand(
            "1",
            "SET search_path = public; SET statement_timeout = 500;"
                + " CREATE TEMP TABLE other_t (id int); SELECT pg_advisory_lock(42)"));
    single.migrate(other, expand("1", "CREATE TABLE other_t (id int); SELECT pg_sleep(0.7)"));

    assertThat(world.ask("SELECT count(*) FROM other.other_t")).isEqualTo("0");
    assertThat(world.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
        .isEqualTo("0");
    single.close();
  }

  @Test
  void one_bad_store_of_many_leaves_the_others_alone() throws Exception {
    var migration =
        expand(
            "1",
            "CREATE TABLE b (id int); INSERT INTO b SELECT 1 / n FROM public.seed"
                + " WHERE schema_name = current_schema()");
    world.run("CREATE TABLE public.seed (schema_name text, n int)");
    List<StoreId> stores = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      stores.add(world.provisioned("s" + i));
      world.run("INSERT INTO public.seed VALUES ('s%d', %d)".formatted(i, i == 37 ? 0 : 1));
    }
    for (StoreId store : stores) {
      if (store.schema().equals("s37")) {
        problem(MigrationFailed.class, () -> world.migrate(store, migration));
      } else {
        world.migrate(store, migration);
      }
    }
    var versions = world.driver.versions(stores);
    assertThat(versions.values().stream().filter(v -> v.value().equals("1"))).hasSize(39);
    assertThat(versions.get(world.store("s37")).value()).isEqualTo("0");
  }

  @Test
  void two_runners_at_once_apply_a_migration_once() throws Exception {
    var patient = world.with(s -> s.with(LockPatience.ORDINARY));
    var migration =
        expand("1", "CREATE TABLE t (id int); INSERT INTO t VALUES (1); SELECT pg_sleep(0.2)");
    List<Callable<String>> runners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runners.add(() -> patient.migrate(acme, migration));
    }
    List<String> said = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var result : threads.invokeAll(runners)) {
        said.add(result.get());
      }
    }
    assertThat(said.stream().filter(s -> s.equals("V1 was applied before"))).hasSize(3);
    assertThat(world.ask("SELECT count(*) FROM acme.t")).isEqualTo("1");
    patient.close();
  }

  @Test
  void a_lower_fencing_number_changes_nothing() throws Exception {
    world.driver.migrate(acme, expand("1", "CREATE TABLE t (id int)"), context(7));
    var problem =
        problem(
            StaleWriter.class,
            () -> world.driver.migrate(acme, expand("2", "DROP TABLE t"), context(6)));

    assertThat(problem.epoch()).isEqualTo(6);
    problem(StaleWriter.class, () -> world.driver.provision(acme, context(6)));
    problem(
        StaleWriter.class,
        () -> world.driver.finishBackfill(acme, World.backfill("1", "DELETE FROM t"), context(6)));
    assertThat(world.version(acme)).isEqualTo("1");
    assertThat(world.ask("SELECT epoch FROM tranche.fence")).isEqualTo("7");
  }

  @Test
  void a_failed_migration_still_locks_out_who_was_replaced() {
    problem(
        MigrationFailed.class,
        () -> world.driver.migrate(acme, expand("1", "SELECT 1/0"), context(9)));
    problem(
        StaleWriter.class,
        () -> world.driver.migrate(acme, expand("1", "CREATE TABLE t (id int)"), context(8)));
  }

  @Test
  void a_store_that_was_not_provisioned_is_refused() {
    var problem =
        problem(
            DatabaseUnreachable.class,
            () -> world.migrate(world.store("nowhere"), expand("1", "SELECT 1")));
    assertThat(problem.message()).contains("has not been provisioned");
  }

  @Test
  void who_holds_the_lock_is_named() throws Exception {
    world.migrate(acme, expand("1", "CREATE TABLE t (id int)"));
    try (var holder = world.connect()) {
      run(holder, "SET application_name = 'nightly report'", "BEGIN", "SELECT * FROM acme.t");
      String pid = World.ask(holder, "SELECT pg_backend_pid()");
      var problem =
          problem(
              LockTimeout.class, () -> world.migrate(acme, expand("2", "ALTER TABLE t ADD x int")));

      assertThat(problem.canPass()).isTrue();
      assertThat(problem.blockers())
          .contains("pid " + pid)
          .contains("nightly report")
          .contains("idle in transaction");
      run(holder, "COMMIT");
    }
    assertThat(world.migrate(acme, expand("2", "ALTER TABLE t ADD x int"))).contains("applied in");
  }

  @Test
  void a_lock_that_comes_free_between_tries_is_enough() throws Exception {
    world.migrate(acme, expand("1", "CREATE TABLE t (id int)"));
    var patient =
        world.with(
            s -> s.with(new LockPatience(Duration.ofMillis(100), 50, Duration.ofMillis(20))));
    try (var holder = world.connect();
        var threads = Executors.newSingleThreadExecutor()) {
      run(holder, "BEGIN", "LOCK TABLE acme.t IN ACCESS SHARE MODE");
      var said =
          threads.submit(() -> patient.migrate(acme, expand("2", "ALTER TABLE t ADD x int")));
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() ->
              world
                  .ask("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'")
                  .equals("1"));
      run(holder, "COMMIT");
      assertThat(said.get()).startsWith("V2 applied");
    }
    patient.close();
  }

  @Test
  void a_backend_killed_in_the_middle_leaves_nothing() throws Exception {
    try (var threads = Executors.newSingleThreadExecutor()) {
      var running =
          threads.submit(() ->
              problem(
                  DatabaseUnreachable.class,
                  () ->
                      world.migrate(
                          acme, expand("1", "CREATE TABLE t (id int); SELECT pg_sleep(60)"))));
      String sleeping =
          "FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND application_name = 'tranche'"
              + " AND datname = current_database()";
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> world.ask("SELECT count(*) " + sleeping).equals("1"));
      world.ask("SELECT pg_terminate_backend(pid) " + sleeping);

      assertThat(running.get().canPass()).isTrue();
    }
    assertUntouched();
    world.migrate(acme, expand("1", "CREATE TABLE t (id int)"));
    assertThat(world.version(acme)).isEqualTo("1");
  }

  @Test
  void a_statement_that_takes_too_long_is_ended() throws Exception {
    var hasty =
        world.with(s ->
            new SchemaSettings(
                s.backupFolder(),
                s.locks(),
                Duration.ofMillis(200),
                s.backupLimit(),
                s.backfill()));
    var problem =
        problem(
            MigrationFailed.class, () -> hasty.migrate(acme, expand("1", "SELECT pg_sleep(30)")));
    assertThat(problem.message()).contains("took longer than is allowed");
    hasty.close();
  }

  @Test
  void an_acknowledgement_that_is_lost_is_read_back() throws Exception {
    try (var cutter = CommitCutter.before(world.access.address().server(), Cut.THE_ANSWER)) {
      var cut = world.at("127.0.0.1", cutter.port());
      cutter.arm();
      String said =
          cut.migrate(acme, expand("1", "CREATE TABLE t (id int); INSERT INTO t VALUES (1)"));

      assertThat(cutter.cuts()).isEqualTo(1);
      assertThat(said).isEqualTo("V1 was applied before");
      assertThat(world.ask("SELECT count(*) FROM acme.t")).isEqualTo("1");
      cut.close();
    }
  }

  @Test
  void a_commit_that_never_arrived_is_done_again_and_only_once() throws Exception {
    try (var cutter = CommitCutter.before(world.access.address().server(), Cut.THE_COMMIT)) {
      var cut = world.at("127.0.0.1", cutter.port());
      cutter.arm();
      String said =
          cut.migrate(acme, expand("1", "CREATE TABLE t (id int); INSERT INTO t VALUES (1)"));

      assertThat(cutter.cuts()).isEqualTo(1);
      assertThat(said).startsWith("V1 applied in");
      assertThat(world.ask("SELECT count(*) FROM acme.t")).isEqualTo("1");
      cut.close();
    }
  }

  @Test
  void a_transaction_that_was_ended_underneath_records_nothing() throws Exception {
    var migration = expand("1", "SELECT 1");
    try (var connection = world.connect()) {
      var limit = Duration.ofSeconds(5);
      var transaction = StoreTransaction.begin(connection, acme, context(1).fence(), limit, limit);
      connection.commit();

      assertThat(transaction.record(migration, context(1), 0)).isFalse();
      connection.commit();
    }
    assertThat(world.version(acme)).isEqualTo("0");
  }

  @Test
  void an_interrupted_wait_keeps_the_interruption() throws Exception {
    world.migrate(acme, expand("1", "CREATE TABLE t (id int)"));
    try (var holder = world.connect()) {
      run(holder, "BEGIN", "SELECT * FROM acme.t");
      Thread.currentThread().interrupt();
      try {
        world.migrate(acme, expand("2", "ALTER TABLE t ADD x int"));
        assertThat(false).as("it was not interrupted").isTrue();
      } catch (ProblemException e) {
        assertThat(e.problem()).isInstanceOf(DatabaseUnreachable.class);
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  /// What is lost when the connection is cut at a commit.
  enum Cut {
    THE_COMMIT,
    THE_ANSWER
  }
}
