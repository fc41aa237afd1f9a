package tranche.postgres.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.testkit.Samples;

/// Readers that go on after the last number they saw miss nothing, however many write.
final class TailingTest {
  private static final int WRITERS = 8;
  private static final int APPENDS = 150;

  private final OpenStore store = new OpenStore();
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_reader_beside_eight_writers_misses_nothing() throws Exception {
    Fence fence = store.leases().acquire("a", Duration.ofMinutes(10)).orElseThrow();
    List<RolloutId> rollouts = endedRollouts(fence);
    long before = store.journal().lastSequence();
    List<Callable<List<JournalEntry>>> work = new ArrayList<>();
    rollouts.forEach(rollout -> work.add(() -> write(rollout, fence)));
    work.add(() -> tail(before));
    work.add(() -> tail(before));

    List<List<JournalEntry>> results = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(work.size())) {
      for (Future<List<JournalEntry>> result : threads.invokeAll(work)) {
        results.add(result.get());
      }
    }

    List<JournalEntry> written = store.journal().readAll(before, 10_000);
    assertThat(results.get(WRITERS)).isEqualTo(written);
    assertThat(results.get(WRITERS + 1)).isEqualTo(written);
    assertThat(written)
        .containsExactlyInAnyOrderElementsOf(
            results.subList(0, WRITERS).stream().flatMap(List::stream).toList());
    assertThat(written).hasSize(WRITERS * APPENDS * 2);
    assertThat(written.getLast().seq() - before).isEqualTo(written.size());
  }

  private List<RolloutId> endedRollouts(Fence fence) {
    store.rollouts().save(Samples.plan("abcdef0"), Instant.EPOCH);
    List<RolloutId> rollouts = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      RolloutId id = store.rollouts().start(Samples.plan("abcdef0"), "ann", fence).id();
      List<Event> end = List.of(new Event.Cancelled("ann", "so that the next can start"));
      assertThat(store.journal().append(id, fence, end, List.of())).hasSize(1);
      rollouts.add(id);
    }
    return rollouts;
  }

  private List<JournalEntry> write(RolloutId rollout, Fence fence) {
    List<JournalEntry> mine = new ArrayList<>();
    for (int i = 0; i < APPENDS; i++) {
      List<Event> events = List.of(new Event.Paused("ann", "n " + i), new Event.Resumed("ann"));
      mine.addAll(store.journal().append(rollout, fence, events, List.of()));
    }
    int _ = writing.decrementAndGet();
    return mine;
  }

  private List<JournalEntry> tail(long after) {
    List<JournalEntry> seen = new ArrayList<>();
    long last = after;
    while (true) {
      boolean isOver = writing.get() == 0;
      List<JournalEntry> page = store.journal().readAll(last, 100);
      seen.addAll(page);
      last = page.isEmpty() ? last : page.getLast().seq();
      if (isOver && page.isEmpty()) {
        return seen;
      }
    }
  }
}
