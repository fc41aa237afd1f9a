package tranche.postgres.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tranche.core.rollout.Event;
import tranche.core.rollout.JournalEntry;
import tranche.core.rollout.RolloutId;
import tranche.core.rollout.StepId;
import tranche.core.rollout.StepOutcome;
import tranche.engine.journal.Fence;
import tranche.testkit.Samples;

/// The journal is written before every effect, so its pace is the engine's. The limits are wide,
/// for machines that do other things meanwhile; the figures measured on an idle one are in ADR 10.
final class JournalSpeedTest {
  private static final int APPENDS = 500;
  private static final int ENTRIES = 20_000;

  private final OpenStore store = new OpenStore();

  @AfterEach
  void close() {
    store.close();
  }

  private static Event event(int number) {
    return new Event.Performed(
        new StepId("expand/premium-eu/t_" + number), new StepOutcome.Done("12 statements"));
  }

  @Test
  void appending_takes_milliseconds_and_reading_twenty_thousand_entries_a_second(
      TestReporter report) {
    Fence fence = store.leases().acquire("a", Duration.ofHours(1)).orElseThrow();
    store.rollouts().save(Samples.plan("abcdef0"), Instant.EPOCH);
    RolloutId rollout = store.rollouts().start(Samples.plan("abcdef0"), "ann", fence).id();
    fill(rollout, fence);

    List<Long> appends = new ArrayList<>();
    for (int i = 0; i < APPENDS; i++) {
      long begin = System.nanoTime();
      assertThat(store.journal().append(rollout, fence, List.of(event(i)), List.of())).hasSize(1);
      appends.add(System.nanoTime() - begin);
    }
    Collections.sort(appends);
    long begin = System.nanoTime();
    int read = readInPages(rollout);
    Duration reading = Duration.ofNanos(System.nanoTime() - begin);
    Duration median = Duration.ofNanos(appends.get(APPENDS / 2));
    Duration slow = Duration.ofNanos(appends.get(APPENDS * 99 / 100));

    assertThat(read).isEqualTo(1 + ENTRIES + APPENDS);
    assertThat(median).as("append, median (99 %% %s)", slow).isLessThan(Duration.ofMillis(20));
    assertThat(reading).as("reading").isLessThan(Duration.ofSeconds(5));
    report.publishEntry(
        "journal",
        "append median %s, 99 %% %s, bare insert median %s; %d entries read in %s"
            .formatted(median, slow, bareInsert(), read, reading));
  }

  /// What one durable row costs on this machine at this time, to compare with.
  private Duration bareInsert() {
    Databases.execute(store.database, "CREATE TABLE public.bare (n integer)");
    List<Long> inserts = new ArrayList<>();
    try (Connection connection = Databases.connect(store.database);
        PreparedStatement insert = connection.prepareStatement("INSERT INTO bare VALUES (1)")) {
      for (int i = 0; i < APPENDS; i++) {
        long begin = System.nanoTime();
        int _ = insert.executeUpdate();
        inserts.add(System.nanoTime() - begin);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Collections.sort(inserts);
    return Duration.ofNanos(inserts.get(APPENDS / 2));
  }

  private void fill(RolloutId rollout, Fence fence) {
    for (int i = 0; i < ENTRIES; i += 1000) {
      List<Event> events = new ArrayList<>();
      for (int j = i; j < i + 1000; j++) {
        events.add(event(j));
      }
      assertThat(store.journal().append(rollout, fence, events, List.of())).hasSize(1000);
    }
  }

  private int readInPages(RolloutId rollout) {
    int read = 0;
    List<JournalEntry> page = store.journal().read(rollout, 0, 1000);
    while (!page.isEmpty()) {
      read += page.size();
      page = store.journal().read(rollout, page.getLast().seq(), 1000);
    }
    return read;
  }
}
