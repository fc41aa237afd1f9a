package tranche.postgres.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.core.problem.ProblemException;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.journal.JournalProblem;
import tranche.testkit.Samples;

/// A takeover and a write exclude each other (I4), with real transactions on both sides.
final class TakeoverTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final List<Event> NOTE = List.of(new Event.Resumed("ann"));

  private final OpenStore store = new OpenStore();
  private Fence first;
  private RolloutId rollout;

  @BeforeEach
  void start() {
    first = store.leases().acquire("same", LONG).orElseThrow();
    store.rollouts().save(Samples.plan("abcdef0"), Instant.EPOCH);
    rollout = store.rollouts().start(Samples.plan("abcdef0"), "ann", first).id();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void after_a_takeover_nothing_of_the_one_before_is_written() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      Fence current = first;
      for (int round = 0; round < 150; round++) {
        Fence old = current;
        CountDownLatch writing = new CountDownLatch(1);
        Future<Integer> writer = threads.submit(() -> appendUntilLost(old, writing));
        writing.await();
        current = store.leases().acquire("same", LONG).orElseThrow();
        assertThat(store.journal().append(rollout, current, NOTE, List.of())).hasSize(1);
        assertThat(writer.get()).isPositive();
      }
    }

    List<JournalEntry> all = store.journal().readAll(0, 10_000);
    assertThat(all).hasSizeGreaterThan(300);
    assertThat(all).extracting(JournalEntry::epoch).isSorted();
  }

  private int appendUntilLost(Fence fence, CountDownLatch writing) {
    int written = 0;
    while (true) {
      try {
        written += store.journal().append(rollout, fence, NOTE, List.of()).size();
        writing.countDown();
      } catch (ProblemException e) {
        assertThat(e.problem()).isEqualTo(new JournalProblem.LeaseLost(fence.epoch()));
        return written;
      }
    }
  }

  @Test
  void a_takeover_waits_for_a_write_under_way_and_the_next_write_waits_for_the_takeover()
      throws Exception {
    try (Connection writer = Databases.connect(store.database);
        Statement statement = writer.createStatement();
        var threads = Executors.newFixedThreadPool(2)) {
      writer.setAutoCommit(false);
      boolean _ = statement.execute("SELECT FROM tranche_control.lease FOR NO KEY UPDATE");
      Future<Fence> takeover =
          threads.submit(() -> store.leases().acquire("same", LONG).orElseThrow());
      awaitWaiting(1);
      Future<?> late =
          threads.submit(() -> store.journal().append(rollout, first, NOTE, List.of()));
      awaitWaiting(2);
      assertThat(takeover).isNotDone();

      writer.commit();

      assertThat(takeover.get().epoch()).isGreaterThan(first.epoch());
      assertThat(late).failsWithin(Duration.ofSeconds(5));
    }
    assertThat(store.journal().lastSequence()).isEqualTo(1);
  }

  private void awaitWaiting(int sessions) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() ->
            Databases.ask(
                    store.database,
                    "SELECT count(*) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND datname = current_database()")
                .equals(Integer.toString(sessions)));
  }

  @Test
  void a_takeover_does_not_wait_for_ever_for_a_writer_that_froze() throws SQLException {
    try (Connection frozen = Databases.connect(store.database);
        Statement statement = frozen.createStatement()) {
      frozen.setAutoCommit(false);
      boolean _ = statement.execute("SET idle_in_transaction_session_timeout = '1s'");
      boolean _ = statement.execute("SELECT FROM tranche_control.lease FOR NO KEY UPDATE");

      assertThat(store.leases().acquire("same", LONG)).isPresent();

      assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void every_session_of_the_store_has_limits() {
    assertThat(SessionLimits.of(store.database)).containsExactly("1min", "20s", "10s");
  }
}
