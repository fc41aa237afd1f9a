package tranche.postgres.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.rollout.Event;
import tranche.core.rollout.RolloutId;
import tranche.core.secret.Secret;
import tranche.engine.journal.Fence;
import tranche.postgres.json.StoredJsonProblem;
import tranche.testkit.Samples;

/// What only the real store can do wrong: tables, upgrades, reachability.
final class ControlStoreTest {
  private ControlStoreSettings database;

  @BeforeEach
  void create() {
    database = Databases.empty();
  }

  @AfterEach
  void drop() {
    Databases.drop(database);
  }

  private static Problem problem(Callable<?> call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call::call);
    assertThat(thrown).isNotNull();
    return thrown.problem();
  }

  private Problem problemOfOpening(ControlStoreSettings settings) {
    return problem(() -> ControlStore.open(settings));
  }

  private void openAndClose() {
    ControlStore.open(database).close();
  }

  private String ask(String sql) {
    return Databases.ask(database, sql);
  }

  /// A store with one rollout that has begun.
  private ControlStore begun() {
    ControlStore store = ControlStore.open(database);
    Fence fence = store.leases().acquire("a", Duration.ofMinutes(10)).orElseThrow();
    store.rollouts().save(Samples.plan("abcdef0"), Instant.EPOCH);
    RolloutId rollout = store.rollouts().start(Samples.plan("abcdef0"), "ann", fence).id();
    List<Event> note = List.of(new Event.Paused("ann", "it's \"quoted\" \\ and 100 % ünïcode ?:x"));
    assertThat(store.journal().append(rollout, fence, note, List.of())).hasSize(1);
    return store;
  }

  @Test
  void an_empty_database_is_set_up_and_opened_again() {
    openAndClose();
    openAndClose();

    assertThat(ask("SELECT string_agg(version || ' ' || script, ',') FROM tranche_control.upgrade"))
        .isEqualTo("1 V1__control.sql");
  }

  @Test
  void many_that_open_an_empty_database_at_once_all_succeed() throws Exception {
    List<Callable<ControlStore>> opens = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      opens.add(() -> ControlStore.open(database));
    }
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<ControlStore> opened : threads.invokeAll(opens)) {
        opened.get().close();
      }
    }

    assertThat(ask("SELECT count(*) FROM tranche_control.upgrade")).isEqualTo("1");
  }

  @Test
  void what_was_written_is_there_after_opening_again() {
    begun().close();
    try (ControlStore store = ControlStore.open(database)) {
      assertThat(store.journal().readAll(0, 10)).hasSize(2);
      assertThat(store.rollouts().unfinished()).hasSize(1);
      assertThat(store.leases().acquire("b", Duration.ofMinutes(1))).isEmpty();
    }
  }

  @Test
  void an_upgrade_is_applied_once_to_a_database_that_is_in_use() {
    begun().close();
    List<String> more = List.of("V1__control.sql", "V2__test.sql");
    ControlStore.open(database, more).close();
    ControlStore.open(database, more).close();

    assertThat(ask("SELECT count(*) FROM tranche_control.journal WHERE note = 'upgraded; $1'"))
        .isEqualTo("2");
  }

  @Test
  void an_upgrade_that_fails_leaves_the_database_as_it_was() {
    openAndClose();
    List<String> broken = List.of("V1__control.sql", "V2__broken.sql");

    assertThatThrownBy(() -> ControlStore.open(database, broken)).hasMessageContaining("no_such");

    assertThat(ask("SELECT max(version) FROM tranche_control.upgrade")).isEqualTo("1");
    assertThat(ask("SELECT count(*) FROM pg_tables WHERE tablename = 'half_done'")).isEqualTo("0");
    openAndClose();
  }

  @Test
  void a_database_of_a_newer_tranche_is_refused_and_not_touched() {
    ControlStore.open(database, List.of("V1__control.sql", "V2__test.sql")).close();

    assertThat(problemOfOpening(database)).isEqualTo(new ControlProblem.ControlStoreIsNewer(2, 1));

    assertThat(ask("SELECT max(version) FROM tranche_control.upgrade")).isEqualTo("2");
  }

  @Test
  void a_database_that_another_script_made_is_refused() {
    openAndClose();
    Databases.execute(database, "UPDATE tranche_control.upgrade SET checksum = 'another'");

    assertThat(problemOfOpening(database))
        .isInstanceOf(ControlProblem.ControlStoreDiffers.class)
        .satisfies(p -> assertThat(p.what()).contains("Version 1", "another"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE tranche_control.journal SET event = '{}'",
        "UPDATE tranche_control.journal SET seq = seq WHERE false",
        "DELETE FROM tranche_control.journal",
        "DELETE FROM tranche_control.journal WHERE false",
        "TRUNCATE tranche_control.journal",
        "TRUNCATE tranche_control.rollout CASCADE",
        "MERGE INTO tranche_control.journal USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
        "UPDATE tranche_control.plan SET content = '{}'",
        "DELETE FROM tranche_control.plan",
        "TRUNCATE tranche_control.plan CASCADE"
      })
  void history_refuses_to_be_changed(String sql) {
    try (ControlStore store = begun()) {
      var before = store.journal().readAll(0, 10);

      assertThatThrownBy(() -> Databases.execute(database, sql))
          .hasRootCauseMessage(rootCause(sql));

      assertThat(store.journal().readAll(0, 10)).isEqualTo(before);
      assertThat(store.rollouts().plans(10)).hasSize(1);
    }
  }

  private static String rootCause(String sql) {
    String table = sql.contains("plan") ? "plan" : "journal";
    return "ERROR: tranche_control."
        + table
        + " is append-only\n"
        + "  Where: PL/pgSQL function tranche_control.refuse_change() line 3 at RAISE";
  }

  @Test
  void the_database_itself_admits_one_unfinished_rollout() {
    try (ControlStore _ = begun()) {
      assertThatThrownBy(() ->
              Databases.execute(
                  database,
                  "INSERT INTO tranche_control.rollout"
                      + " SELECT 'r-9', 9, plan, 'x', started_at, last_at"
                      + " FROM tranche_control.rollout"))
          .hasStackTraceContaining("one_unfinished_rollout");
    }
  }

  @Test
  void a_stored_event_that_is_not_understood_is_a_problem() {
    try (ControlStore store = begun()) {
      Databases.execute(
          database,
          "INSERT INTO tranche_control.journal SELECT 3, rollout, at, epoch, append,"
              + " event || '{\"more\": 1}' FROM tranche_control.journal WHERE seq = 2");

      assertThat(problem(() -> store.journal().readAll(0, 10)))
          .isInstanceOf(StoredJsonProblem.class)
          .satisfies(p -> assertThat(p.what()).contains("more"));
    }
  }

  @Test
  void a_server_that_is_not_there_is_a_problem() {
    var nowhere =
        new ControlStoreSettings(
            "jdbc:postgresql://127.0.0.1:1/tranche?ssl=false",
            "tranche",
            Secret.of("hunter2hunter2"),
            2,
            Duration.ofSeconds(1));

    assertThat(problemOfOpening(nowhere))
        .isInstanceOf(ControlProblem.ControlStoreUnavailable.class)
        .satisfies(
            p -> assertThat(p.what()).contains("127.0.0.1:1/tranche does").contains("refused"));
  }

  @Test
  void a_wrong_password_is_a_problem_that_does_not_say_it() {
    var wrong =
        new ControlStoreSettings(
            database.jdbcUrl(),
            database.user(),
            Secret.of("hunter2hunter2"),
            2,
            Duration.ofSeconds(1));

    ProblemException thrown =
        catchThrowableOfType(ProblemException.class, () -> ControlStore.open(wrong));

    assertThat(thrown.problem()).isInstanceOf(ControlProblem.ControlStoreUnavailable.class);
    assertThat(thrown.problem().what()).contains("password authentication failed");
    assertThat(thrown).hasStackTraceContaining("authentication");
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t.getMessage())).doesNotContain("hunter2");
    }
    assertThat(wrong.toString()).doesNotContain("hunter2");
  }

  @Test
  void a_store_whose_sessions_were_ended_goes_on_with_new_ones() {
    try (ControlStore store = begun()) {
      Databases.execute(
          database,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'tranche-control' AND datname = current_database()");
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .ignoreExceptionsMatching(e ->
              e instanceof ProblemException p
                  && p.problem() instanceof ControlProblem.ControlStoreUnavailable)
          .until(() -> store.journal().lastSequence() == 2);
    }
  }

  @Test
  void settings_have_bounds() {
    Secret secret = Secret.of("x");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ControlStoreSettings("jdbc:x", "u", secret, 1, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ControlStoreSettings("jdbc:x", "u", secret, 4, Duration.ZERO));
    assertThat(ControlStoreSettings.of("jdbc:x://h/d?a=b", "u", secret).where())
        .isEqualTo("jdbc:x://h/d");
  }
}
