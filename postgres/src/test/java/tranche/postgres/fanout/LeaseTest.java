package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static tranche.postgres.fanout.Scripts.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.StoreConnection;
import tranche.engine.fanout.StoreProblem.LeaseEnded;
import tranche.engine.fanout.StoreProblem.StoreBusy;
import tranche.postgres.schema.AdvisoryKey;
import tranche.postgres.testing.PostgresForTests;

/// Who may write, and until when.
class LeaseTest {
  private static Fleet fleet;

  @BeforeAll
  static void make() throws SQLException {
    fleet = Fleet.fresh();
  }

  private static StoreId store() throws SQLException {
    return fleet.made(PostgresForTests.freshName("t"));
  }

  private static void untilOver(RunId run) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            fleet
                .ask("SELECT until < clock_timestamp() FROM tranche.run WHERE run = '" + run + "'")
                .equals("t"));
  }

  @Test
  void a_lease_is_renewed_while_it_lasts_and_never_afterwards() {
    RunId run = fleet.leased(Duration.ofMinutes(1));
    fleet.access.lease(fleet.database.id(), run, Duration.ofMillis(50));
    untilOver(run);

    var thrown =
        catchThrowableOfType(
            ProblemException.class,
            () -> fleet.access.lease(fleet.database.id(), run, Duration.ofMinutes(1)));

    assertThat(thrown.problem()).isInstanceOf(LeaseEnded.class);
  }

  @Test
  void a_run_whose_lease_is_over_or_was_given_back_changes_nothing() throws Exception {
    StoreId store = store();
    RunContext context = fleet.run();

    try (StoreConnection connection = fleet.access.connect(fleet.database.id(), context)) {
      fleet.access.release(fleet.database.id(), context.run());
      StoreOutcome outcome =
          connection.perform(store, fleet.task(store, migration("1", "CREATE TABLE a (x int)")));

      Fleet.problem(LeaseEnded.class, outcome);
    }
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".a') IS NULL")).isEqualTo("t");
  }

  @Test
  void a_lease_that_ends_while_the_script_runs_keeps_it_from_committing() throws Exception {
    StoreId store = store();
    RunId run = fleet.leased(Duration.ofMillis(1_500));

    StoreOutcome outcome =
        fleet.apply(
            Fleet.context(run),
            store,
            migration("1", "CREATE TABLE a (x int)", "SELECT pg_sleep(2)"));

    Fleet.problem(LeaseEnded.class, outcome);
    assertThat(fleet.ask("SELECT to_regclass('" + store.schema() + ".a') IS NULL")).isEqualTo("t");
  }

  /// What a frozen process leaves behind: an open transaction with the store's lock. Whoever takes
  /// over ends that session; when the frozen one wakes up it can send what it likes.
  @Test
  void a_session_of_a_run_whose_lease_is_over_loses_the_store_and_can_write_nothing()
      throws Exception {
    StoreId store = store();
    RunContext frozen = Fleet.context(fleet.leased(Duration.ofSeconds(3)));
    try (Sessions sessions = new Sessions();
        Link link = Link.open(sessions, fleet.database, frozen)) {
      var messages =
          new StoreMessages(
              frozen, store, java.util.List.of(AdvisoryKey.of(store)), HistoryKind.TRANCHE);
      Answer opened =
          link.session()
              .send(messages.open(0, "", java.util.List.of()) + "CREATE TABLE frozen (x int)");
      assertThat(opened).isInstanceOf(Answer.Done.class);
      untilOver(frozen.run());

      assertThat(Fleet.done(fleet.apply(store, migration("1", "CREATE TABLE a (x int)"))))
          .containsExactly("1");

      assertThat(link.session().send("CREATE TABLE woken (x int);COMMIT"))
          .isInstanceOf(Answer.Refused.class);
      assertThat(link.session().isOpen()).isFalse();
    }
    assertThat(
            fleet.ask(
                "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = '"
                    + store.schema()
                    + "'"))
        .isEqualTo("a");
  }

  @Test
  void a_session_of_a_run_that_may_still_write_is_waited_for_and_named() throws Exception {
    StoreId store = store();
    RunContext other = fleet.run();
    try (Sessions sessions = new Sessions();
        Link link = Link.open(sessions, fleet.database, other)) {
      var messages =
          new StoreMessages(
              other, store, java.util.List.of(AdvisoryKey.of(store)), HistoryKind.TRANCHE);
      Answer _ = link.session().send(messages.open(0, "", java.util.List.of()));

      StoreBusy busy =
          Fleet.problem(
              StoreBusy.class, fleet.apply(store, migration("1", "CREATE TABLE a (x int)")));

      assertThat(busy.holder())
          .contains(
              "pid "
                  + link.session().jdbc().unwrap(org.postgresql.PGConnection.class).getBackendPID())
          .contains("tranche " + other.run(), "idle in transaction");
      assertThat(link.session().send("COMMIT")).isInstanceOf(Answer.Done.class);
    }
    Fleet.done(fleet.apply(store, migration("1", "CREATE TABLE a (x int)")));
  }

  @Test
  void whoever_is_no_run_is_never_ended() throws Exception {
    StoreId store = store();
    try (Connection rollout = fleet.connect()) {
      Fleet.run(rollout, "SELECT pg_advisory_lock(" + AdvisoryKey.of(store) + ")");

      Fleet.problem(StoreBusy.class, fleet.apply(store, migration("1", "CREATE TABLE a (x int)")));

      assertThat(Fleet.ask(rollout, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_table_that_somebody_holds_is_waited_for_briefly_and_the_holder_is_named()
      throws Exception {
    StoreId store = store();
    Fleet.done(fleet.apply(store, migration("1", "CREATE TABLE a (x int)")));
    try (Connection application = fleet.connect()) {
      application.setAutoCommit(false);
      Fleet.run(
          application, "SET application_name = 'shop'", "SELECT * FROM " + store.schema() + ".a");

      StoreOutcome outcome =
          fleet.apply(store, migration("2", "SELECT 1", "ALTER TABLE a ADD y int"));

      var problem = Fleet.problem(StoreChangeProblem.LockNotGranted.class, outcome);
      assertThat(problem.at()).isEqualTo("V2 (V2__x.sql line 2)");
      assertThat(problem.blockers()).contains("3 tries of 150 ms", "shop, idle in transaction");
      assertThat(((StoreOutcome.Failed) outcome).timing().tries()).isEqualTo(3);
      application.rollback();
    }
    assertThat(Fleet.done(fleet.apply(store, migration("2", "ALTER TABLE a ADD y int"))))
        .containsExactly("2");
  }

  @Test
  void the_functions_and_tables_are_closed_to_others() throws Exception {
    fleet.run(
        "DROP ROLE IF EXISTS outsider",
        "CREATE ROLE outsider LOGIN PASSWORD 'outsider'",
        "GRANT CONNECT ON DATABASE " + fleet.database.address().name() + " TO outsider");
    fleet.leased(Duration.ofMinutes(1));
    Fleet outsider = fleet.as("outsider", "outsider");
    try (Connection connection = outsider.connect()) {
      for (String sql :
          java.util.List.of(
              "SELECT * FROM tranche.history",
              "SELECT tranche.evict('{1}')",
              "UPDATE tranche.run SET until = now()")) {
        var thrown = catchThrowableOfType(PSQLException.class, () -> Fleet.run(connection, sql));
        assertThat(thrown.getSQLState()).isEqualTo("42501");
      }
    }
    assertThat(
            fleet.ask(
                "SELECT count(*) FROM pg_proc p WHERE p.pronamespace = 'tranche'::regnamespace AND"
                    + " (p.prosecdef OR p.proconfig IS NULL OR"
                    + " has_function_privilege('public', p.oid, 'EXECUTE'))"))
        .isEqualTo("0");
  }

  @Test
  void a_role_without_rights_is_told_which_one_it_lacks() throws Exception {
    Fleet other = Fleet.fresh();
    other.run("DROP ROLE IF EXISTS beginner", "CREATE ROLE beginner LOGIN PASSWORD 'beginner'");
    Fleet beginner = other.as("beginner", "beginner");

    var thrown =
        catchThrowableOfType(ProblemException.class, () -> beginner.leased(Duration.ofMinutes(1)));

    assertThat(thrown.problem().code()).isEqualTo("rights-missing");
    String database = other.database.address().name();
    assertThat(thrown.problem().fix())
        .contains("GRANT CREATE ON DATABASE \"" + database + "\" TO \"beginner\"");
    other.run(
        "GRANT CREATE ON DATABASE " + database + " TO beginner",
        "CREATE SCHEMA his AUTHORIZATION beginner",
        "CREATE SCHEMA hers");

    assertThat(
            Fleet.done(beginner.apply(beginner.store("his"), migration("1", "CREATE TABLE a ()"))))
        .containsExactly("1");
    StoreOutcome refused =
        beginner.apply(beginner.store("hers"), migration("1", "CREATE TABLE a ()"));
    assertThat(Fleet.problem(StoreChangeProblem.RightsMissing.class, refused).fix())
        .contains("GRANT USAGE, CREATE ON SCHEMA hers TO beginner");
  }
}
