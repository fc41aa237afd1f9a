package tranche.engine.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tranche.core.fleet.DatabaseId;

/// The stores of one server that wait, by database and set. Belongs to a [Lane], whose lock guards
/// it.
final class LaneQueues {
  private final List<StoreQueue> queues;
  private final Set<StoreQueue> untouched;
  private int queued;

  LaneQueues(List<Work> works) {
    Map<String, StoreQueue> byPlace = new LinkedHashMap<>();
    for (Work work : works) {
      String place = work.target().set() + " " + work.store().database();
      byPlace
          .computeIfAbsent(place, _ -> new StoreQueue(work.store().database(), work.target().set()))
          .add(work);
    }
    queues = new ArrayList<>(byPlace.values());
    untouched = new LinkedHashSet<>(queues);
    queued = works.size();
  }

  /// How many stores wait.
  int queued() {
    return queued;
  }

  /// The queue to take a store from: the current one while something is ready there, else one that
  /// nobody has begun, else the one with the most stores for each worker.
  Optional<StoreQueue> choose(@Nullable StoreQueue current, Instant now) {
    if (current != null && current.hasReady(now)) {
      return Optional.of(current);
    }
    Optional<StoreQueue> fresh = untouched.stream().filter(q -> q.hasReady(now)).findFirst();
    if (fresh.isPresent()) {
      return fresh;
    }
    queues.removeIf(StoreQueue::isIdle);
    StoreQueue best = null;
    for (StoreQueue queue : queues) {
      if (queue.hasReady(now) && (best == null || share(queue) > share(best))) {
        best = queue;
      }
    }
    return Optional.ofNullable(best);
  }

  private static double share(StoreQueue queue) {
    return (double) queue.size() / (queue.workers() + 1);
  }

  /// The first store of a queue that has one.
  Work poll(StoreQueue queue) {
    queued--;
    untouched.remove(queue);
    return queue.poll().orElseThrow();
  }

  /// A store waits again: first, or last if it has to wait for a time.
  void putBack(StoreQueue queue, Work work, Instant now) {
    if (work.notBefore().isAfter(now)) {
      queue.add(work);
    } else {
      queue.addFirst(work);
    }
    queued++;
  }

  /// How long until a store is ready.
  Duration untilNext(Instant now, Duration most) {
    Duration least = most;
    for (StoreQueue queue : queues) {
      Optional<Instant> at = queue.nextAt();
      if (at.isPresent() && Duration.between(now, at.get()).compareTo(least) < 0) {
        least = Duration.between(now, at.get());
      }
    }
    return least;
  }

  boolean isIdle(DatabaseId database) {
    return queues.stream().filter(q -> q.database().equals(database)).allMatch(StoreQueue::isIdle);
  }

  /// A queue of that database in which a store waits.
  Optional<StoreQueue> waitingIn(DatabaseId database) {
    return queues.stream().filter(q -> q.database().equals(database) && q.size() > 0).findFirst();
  }
}
