package tranche.postgres.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.core.fleet.TenantId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.journal.LedgerChange;
import tranche.engine.rollout.RolloutStore.RolloutRecord;
import tranche.testkit.Samples;

/// The connection breaks during a commit: what was written is found out, not guessed.
final class BrokenCommitTest {
  private static final List<Event> NOTES =
      List.of(new Event.Paused("ann", "one"), new Event.Resumed("ann"));
  private static final List<LedgerChange> SETTLED =
      List.of(new LedgerChange(new TenantId("acme"), Optional.of(new ReleaseId("2026.11"))));

  private final ControlStoreSettings direct = Databases.fresh();
  private final ControlStore observer = ControlStore.open(direct);
  private FaultProxy network;
  private ControlStore store;
  private Fence fence;
  private RolloutId rollout;

  @BeforeEach
  void open() throws IOException {
    network = new FaultProxy(Databases.port());
    String url = direct.jdbcUrl().replace(":" + Databases.port() + "/", ":" + network.port() + "/");
    store =
        ControlStore.open(
            new ControlStoreSettings(
                url, direct.user(), direct.password(), 4, Duration.ofSeconds(2)));
    fence = observer.leases().acquire("a", Duration.ofMinutes(5)).orElseThrow();
    observer.rollouts().save(Samples.plan("abcdef0"), Instant.EPOCH);
    rollout = observer.rollouts().start(Samples.plan("abcdef0"), "ann", fence).id();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    network.close();
    observer.close();
    Databases.drop(direct);
  }

  private List<JournalEntry> append() {
    return store.journal().append(rollout, fence, NOTES, SETTLED);
  }

  private List<JournalEntry> written() {
    return observer.journal().read(rollout, 1, 10);
  }

  private static Problem problem(Callable<?> call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call::call);
    assertThat(thrown).isNotNull();
    return thrown.problem();
  }

  @Test
  void a_commit_that_did_not_arrive_wrote_nothing_and_says_so() {
    network.breakNextCommit(FaultProxy.Fault.LOSE_COMMIT);

    assertThat(problem(this::append)).isInstanceOf(ControlProblem.ControlStoreUnavailable.class);

    assertThat(written()).isEmpty();
    assertThat(observer.ledger().entries()).isEmpty();
    assertThat(append()).hasSize(2).isEqualTo(written());
  }

  @Test
  void a_commit_whose_answer_was_lost_returns_what_it_wrote() {
    network.breakNextCommit(FaultProxy.Fault.LOSE_ANSWER);

    List<JournalEntry> entries = append();

    assertThat(entries).extracting(JournalEntry::event).isEqualTo(NOTES);
    assertThat(written()).isEqualTo(entries);
    assertThat(observer.ledger().entries()).hasSize(1);
  }

  @Test
  void a_commit_that_is_still_on_its_way_is_waited_for() throws Exception {
    network.breakNextCommit(FaultProxy.Fault.DELAY_COMMIT);
    try (var threads = Executors.newSingleThreadExecutor()) {
      Future<List<JournalEntry>> answer = threads.submit(this::append);
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(network::holdsCommit);
      Awaitility.await().atMost(Duration.ofSeconds(8)).until(this::somebodyWaitsForTheHead);
      assertThat(answer).isNotDone();

      network.deliver();

      assertThat(answer.get()).hasSize(2).isEqualTo(written());
    }
  }

  private boolean somebodyWaitsForTheHead() {
    return "1"
        .equals(
            Databases.ask(
                direct,
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND datname = current_database() AND query LIKE '%journal_head%'"));
  }

  @Test
  void when_the_database_cannot_be_asked_the_answer_is_that_nobody_knows() {
    network.breakNextCommit(FaultProxy.Fault.LOSE_ANSWER_AND_NETWORK);

    assertThat(problem(this::append)).isInstanceOf(ControlProblem.CommitUnknown.class);

    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> written().size() == 2);
  }

  @Test
  void a_start_whose_answer_was_lost_returns_the_rollout() {
    List<Event> end = List.of(new Event.Finished(Event.Ending.DONE));
    assertThat(observer.journal().append(rollout, fence, end, List.of())).hasSize(1);
    network.breakNextCommit(FaultProxy.Fault.LOSE_ANSWER);

    RolloutRecord started = store.rollouts().start(Samples.plan("abcdef0"), "ann", fence);

    assertThat(started.id()).isEqualTo(new RolloutId("r-2"));
    assertThat(observer.rollouts().unfinished()).containsExactly(started);
  }

  @Test
  void a_session_that_the_server_ends_before_the_commit_wrote_nothing() {
    Databases.execute(
        direct,
        """
        CREATE FUNCTION public.end_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_terminate_backend(pg_backend_pid());
          RETURN NULL;
        END
        $$;
        CREATE CONSTRAINT TRIGGER end_session AFTER INSERT ON tranche_control.journal
          DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION public.end_session();
        """);

    assertThat(problem(this::append)).isInstanceOf(ControlProblem.ControlStoreUnavailable.class);

    Databases.execute(direct, "DROP TRIGGER end_session ON tranche_control.journal");
    assertThat(written()).isEmpty();
    assertThat(append()).hasSize(2);
  }
}
