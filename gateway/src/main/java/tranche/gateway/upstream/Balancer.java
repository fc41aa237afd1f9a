package tranche.gateway.upstream;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Chooses an instance inside an arm: the one with the fewest requests in flight, and in turn among
/// equals.
public final class Balancer {
  private final int limit;
  private final AtomicInteger turn = new AtomicInteger();

  /// @param limit most requests in flight per instance
  public Balancer(int limit) {
    this.limit = limit;
  }

  /// Chooses and takes a place.
  ///
  /// @param avoid instances that already failed this request
  public Pick pick(List<LiveInstance> instances, Collection<LiveInstance> avoid) {
    int start = Math.floorMod(turn.getAndIncrement(), Math.max(1, instances.size()));
    // A place can be lost to another thread between looking and taking; each round is a fresh look.
    for (int round = 0; round <= instances.size(); round++) {
      LiveInstance best = leastLoaded(instances, avoid, start);
      if (best == null) {
        return new Pick.NoneReady();
      }
      if (best.begin(limit)) {
        return new Pick.Chosen(best);
      }
      if (best.inFlight() >= limit) {
        return new Pick.Full();
      }
    }
    return new Pick.Full();
  }

  private static @Nullable LiveInstance leastLoaded(
      List<LiveInstance> instances, Collection<LiveInstance> avoid, int start) {
    LiveInstance best = null;
    for (int i = 0; i < instances.size(); i++) {
      LiveInstance instance = instances.get((start + i) % instances.size());
      if (instance.usable()
          && !avoid.contains(instance)
          && (best == null || instance.inFlight() < best.inFlight())) {
        best = instance;
      }
    }
    return best;
  }
}
