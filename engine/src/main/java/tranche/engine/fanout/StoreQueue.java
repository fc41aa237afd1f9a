package tranche.engine.fanout;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tranche.core.fleet.DatabaseId;

/// The stores of one set in one database that wait. Belongs to a [Lane], whose lock guards it.
final class StoreQueue {
  private final DatabaseId database;
  private final String set;
  private final Deque<Work> waiting = new ArrayDeque<>();
  private int workers;
  private int moving;
  private int refusals;

  StoreQueue(DatabaseId database, String set) {
    this.database = database;
    this.set = set;
  }

  DatabaseId database() {
    return database;
  }

  String set() {
    return set;
  }

  void add(Work work) {
    waiting.addLast(work);
  }

  void addFirst(Work work) {
    waiting.addFirst(work);
  }

  /// The first store, if it may begin now. Those that wait for a time are at the end, so if the
  /// first has to wait, all have.
  boolean hasReady(Instant now) {
    Work first = waiting.peekFirst();
    return first != null && !first.notBefore().isAfter(now);
  }

  Optional<Work> poll() {
    return Optional.ofNullable(waiting.pollFirst());
  }

  Optional<Instant> nextAt() {
    return Optional.ofNullable(waiting.peekFirst()).map(Work::notBefore);
  }

  int size() {
    return waiting.size();
  }

  int workers() {
    return workers;
  }

  void workers(int change) {
    workers += change;
  }

  void moving(int change) {
    moving += change;
  }

  /// Whether nothing waits or moves here, and nobody is connected.
  boolean isIdle() {
    return waiting.isEmpty() && moving == 0 && workers == 0;
  }

  /// How often in a row a connection was refused.
  int refusals() {
    return refusals;
  }

  void refused() {
    refusals++;
  }

  void connected() {
    refusals = 0;
  }
}
