package tranche.app.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// An application of the old release: writes into all stores over and over, one transaction at a
/// time, and remembers what it got an answer for.
final class CaseWriters implements AutoCloseable {
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE = Duration.ofMillis(2).toNanos();

  /// What waiting for a lock ends with, where it ends.
  private static final Set<String> WAITED = Set.of("55P03");

  private final CaseDatabase database;
  private final List<String> stores;
  private final String sql;
  private final Map<String, AtomicLong> acknowledged = new ConcurrentHashMap<>();
  private final Set<String> errors = new ConcurrentSkipListSet<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isEnding;

  CaseWriters(CaseDatabase database, List<String> stores, String sql) {
    this.database = database;
    this.stores = stores;
    this.sql = sql;
    stores.forEach(store -> acknowledged.put(store, new AtomicLong()));
  }

  /// Starts them and waits until each store was written.
  void start() {
    for (int i = 0; i < THREADS; i++) {
      int first = i;
      threads.add(Thread.ofPlatform().name("writer-" + i).start(() -> write(first)));
    }
    awaitOneMore();
  }

  private void write(int first) {
    try (Connection connection = database.open("shop 1.0")) {
      for (int i = first; !isEnding; i++) {
        write(connection, stores.get(i % stores.size()));
        LockSupport.parkNanos(PAUSE);
      }
    } catch (SQLException e) {
      errors.add("connection: " + e.getMessage());
    }
  }

  private void write(Connection connection, String store) {
    try {
      CaseDatabase.execute(
          connection, CaseDatabase.enter(store) + "SET lock_timeout = '20s';" + sql);
      of(store).incrementAndGet();
    } catch (SQLException e) {
      if (!WAITED.contains(e.getSQLState())) {
        errors.add(e.getSQLState() + " " + e.getMessage());
      }
    }
  }

  private AtomicLong of(String store) {
    return acknowledged.computeIfAbsent(store, _ -> new AtomicLong());
  }

  /// Waits until each store was written once more, or something went wrong.
  private void awaitOneMore() {
    Map<String, Long> before = new ConcurrentHashMap<>();
    acknowledged.forEach((store, count) -> before.put(store, count.get()));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() ->
            !errors.isEmpty()
                || stores.stream()
                    .allMatch(store -> of(store).get() > before.getOrDefault(store, 0L)));
  }

  /// Writes once more into each store, ends, and says what became of everything.
  ///
  /// @param count how to count in a store what was written
  String end(String count) throws SQLException {
    awaitOneMore();
    close();
    List<String> lost = new ArrayList<>();
    for (String store : stores) {
      long there = Long.parseLong(database.rowsIn(store, count).getFirst());
      if (there != of(store).get()) {
        lost.add(store + " has " + there + " of " + of(store).get());
      }
    }
    return "writers\n  "
        + (errors.isEmpty() ? "no errors" : "errors: " + String.join("; ", errors))
        + "\n  "
        + (lost.isEmpty() ? "every acknowledged row is there" : "LOST: " + lost)
        + "\n";
  }

  @Override
  public void close() {
    isEnding = true;
    for (Thread thread : threads) {
      assertThat(ended(thread)).as("writer ends").isTrue();
    }
  }

  private static boolean ended(Thread thread) {
    try {
      return thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
