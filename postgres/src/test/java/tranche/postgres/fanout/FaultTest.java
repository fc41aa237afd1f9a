package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tranche.postgres.fanout.Scripts.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.Expectation;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.StoreConnection;
import tranche.engine.fanout.StoreProblem.ConnectionLost;
import tranche.postgres.fanout.Cutter.Cut;
import tranche.postgres.fanout.StoreChangeProblem.StatementFailed;
import tranche.postgres.testing.PostgresForTests;

/// Whatever breaks, a migration is applied exactly once, and the outcome says so.
class FaultTest {
  private static Fleet fleet;

  @BeforeAll
  static void make() throws SQLException {
    fleet = Fleet.fresh();
  }

  private static StoreId store() throws SQLException {
    StoreId store = fleet.made(PostgresForTests.freshName("t"));
    fleet.run("CREATE TABLE " + store.schema() + ".counter (x int)");
    return store;
  }

  private static CompiledMigration counting(String version) {
    return Scripts.of(version, Scripts.lines("INSERT INTO counter VALUES (" + version + ")"))
        .undo("DELETE FROM counter WHERE x = " + version)
        .made();
  }

  private static String counted(StoreId store) throws SQLException {
    return fleet.ask(
        "SELECT coalesce(string_agg(x::text, ',' ORDER BY x), '') FROM "
            + store.schema()
            + ".counter");
  }

  @ParameterizedTest
  @EnumSource
  void a_commit_whose_answer_is_lost_is_read_back(Cut cut) throws Exception {
    StoreId store = store();
    RunContext context = fleet.run();
    try (Cutter cutter = Cutter.before(fleet.database.address().server(), cut);
        StoreConnection connection =
            fleet.at(cutter.port()).access.connect(fleet.database.id(), context)) {
      var task = fleet.task(store, counting("1"), counting("2"));
      cutter.arm("V1__x.sql", 2);

      StoreOutcome outcome = connection.perform(store, task);

      assertThat(Fleet.done(outcome)).containsExactly("1", "2");
      assertThat(cutter.cuts()).isEqualTo(2);
      assertThat(connection.isUsable()).isTrue();
    }
    assertThat(counted(store)).isEqualTo("1,2");
    assertThat(fleet.rows(store)).isEqualTo("1,2");
  }

  @ParameterizedTest
  @EnumSource
  void an_undo_whose_answer_is_lost_is_read_back(Cut cut) throws Exception {
    StoreId store = store();
    Fleet.done(fleet.apply(store, counting("1"), counting("2")));
    try (Cutter cutter = Cutter.before(fleet.database.address().server(), cut);
        StoreConnection connection =
            fleet.at(cutter.port()).access.connect(fleet.database.id(), fleet.run())) {
      cutter.arm("leave_undone", 1);
      var keys =
          List.of(
              tranche.core.migration.MigrationKey.parse("2"),
              tranche.core.migration.MigrationKey.parse("1"));

      StoreOutcome outcome =
          connection.perform(
              store, new tranche.core.fanout.StoreTask.Revert(fleet.history(store), keys));

      assertThat(Fleet.done(outcome)).containsExactly("2", "1");
      assertThat(cutter.cuts()).isEqualTo(1);
    }
    assertThat(counted(store)).isEmpty();
    assertThat(fleet.rows(store)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_script_that_runs_statement_by_statement_survives_a_cut_at_every_step(Cut cut)
      throws Exception {
    CompiledMigration script =
        Scripts.of(
                "1",
                Scripts.statement("INSERT INTO counter VALUES (1)", 1),
                Scripts.outside(
                    "CREATE INDEX CONCURRENTLY ix ON counter (x)",
                    2,
                    new Expectation.IndexValid("ix")),
                Scripts.statement("INSERT INTO counter VALUES (2)", 3))
            .statementwise()
            .expecting(new Expectation.IndexValid("ix"))
            .made();
    for (String step :
        List.of(
            "begin_script",
            "VALUES (1)",
            "pg_try_advisory_lock(k)",
            "CONCURRENTLY ix",
            "advance",
            "VALUES (2)",
            "end_script",
            "unlock_all")) {
      StoreId store = store();
      try (Cutter cutter = Cutter.before(fleet.database.address().server(), cut);
          StoreConnection connection =
              fleet.at(cutter.port()).access.connect(fleet.database.id(), fleet.run())) {
        cutter.arm(step, 1);

        StoreOutcome outcome = connection.perform(store, fleet.task(store, script));

        assertThat(cutter.cuts()).as(step).isEqualTo(1);
        assertThat(outcome).as(step).isInstanceOf(StoreOutcome.Done.class);
      }
      assertThat(counted(store)).as(step).isEqualTo("1,2");
      assertThat(fleet.rows(store)).as(step).isEqualTo("1");
    }
    assertThat(fleet.ask("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).isEqualTo("0");
  }

  @Test
  void a_server_that_stays_away_is_told_as_a_lost_connection() throws Exception {
    StoreId store = store();
    RunContext context = fleet.run();
    try (Cutter cutter = Cutter.before(fleet.database.address().server(), Cut.THE_ANSWER);
        StoreConnection connection =
            fleet.at(cutter.port()).access.connect(fleet.database.id(), context)) {
      var task = fleet.task(store, counting("1"));
      cutter.arm("tranche", 100);

      Fleet.problem(ConnectionLost.class, connection.perform(store, task));

      assertThat(connection.isUsable()).isFalse();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !fleet.history(store).applied().isEmpty() || counted(store).isEmpty());
    var left = fleet.history(store).applied().isEmpty() ? List.of(counting("1")) : List.of();
    Fleet.done(fleet.apply(store, left.toArray(CompiledMigration[]::new)));
    assertThat(counted(store)).isEqualTo("1");
  }

  @Test
  void a_killed_backend_is_replaced_and_the_migration_runs_once() throws Exception {
    StoreId store = store();
    RunContext context = fleet.run();
    CompiledMigration slow =
        migration("1", "INSERT INTO counter VALUES (1)", "SELECT pg_sleep(1.5)");
    String busy =
        "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND application_name ="
            + " 'tranche "
            + context.run()
            + "'";
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoreOutcome> running = executor.submit(() -> fleet.apply(context, store, slow));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> fleet.ask("SELECT count(*) FROM (" + busy + ") b").equals("1"));
      fleet.run("SELECT pg_terminate_backend(pid) FROM (" + busy + ") b");

      assertThat(Fleet.done(running.get())).containsExactly("1");
    }
    assertThat(counted(store)).isEqualTo("1");
  }

  @Test
  void a_cancelled_statement_is_a_failure_and_the_connection_goes_on() throws Exception {
    StoreId store = store();
    RunContext context = fleet.run();
    try (StoreConnection connection = fleet.access.connect(fleet.database.id(), context);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var task = fleet.task(store, migration("1", "SELECT pg_sleep(30)"));
      Future<StoreOutcome> running = executor.submit(() -> connection.perform(store, task));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              fleet
                  .ask(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND"
                          + " application_name = 'tranche "
                          + context.run()
                          + "'")
                  .equals("1"));
      connection.cancel();

      assertThat(Fleet.problem(StatementFailed.class, running.get()).message()).contains("57014");
      assertThat(connection.isUsable()).isTrue();
      Fleet.done(connection.perform(store, fleet.task(store, counting("1"))));
    }
  }

  @Test
  void of_two_runners_on_the_same_stores_one_does_each_migration() throws Exception {
    List<StoreId> stores = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      stores.add(store());
    }
    RunContext plain = fleet.run();
    var patient = new ChangeLimits(Duration.ofSeconds(5), 3, Duration.ofSeconds(20), 500);
    List<Future<Integer>> counts = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int runner = 0; runner < 3; runner++) {
        RunContext context =
            new RunContext(
                fleet.leased(Fleet.LONG),
                plain.person(),
                patient,
                List.of(),
                plain.callbacks(),
                plain.tenants(),
                plain.hooks());
        counts.add(executor.submit(() -> race(context, stores)));
      }
      int done = 0;
      for (Future<Integer> count : counts) {
        done += count.get();
      }
      assertThat(done).isEqualTo(stores.size());
    }
    for (StoreId store : stores) {
      assertThat(counted(store)).isEqualTo("1");
      assertThat(fleet.rows(store)).isEqualTo("1");
    }
  }

  private static int race(RunContext context, List<StoreId> stores) {
    int done = 0;
    try (StoreConnection connection = fleet.access.connect(fleet.database.id(), context)) {
      for (StoreId store : stores) {
        var before = Fleet.empty();
        var task = new tranche.core.fanout.StoreTask.Apply(before, List.of(counting("1")));
        done += connection.perform(store, task) instanceof StoreOutcome.Done ? 1 : 0;
      }
    }
    return done;
  }
}
