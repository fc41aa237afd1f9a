package tranche.gateway.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// What each tenant's requests came to on each arm, counted since the gateway started.
///
/// Memory is bounded: a pair of tenant and arm costs about 250 bytes, exists only once it has seen
/// a request, and goes when the tenant leaves the table. A tenant has at most [#MAX_ARMS] arms
/// here; the oldest one goes first.
public final class TenantTraffic {
  /// Most arms remembered per tenant.
  static final int MAX_ARMS = 16;

  private static final long[] BOUNDS_MILLIS = {
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000
  };

  private static final int REQUESTS = 0;
  private static final int ERRORS = 1;
  private static final int CONNECT_FAILURES = 2;
  private static final int LATENCY = 3;
  private static final int SLOTS = LATENCY + BOUNDS_MILLIS.length + 1;

  private record ArmCounts(String release, AtomicLongArray slots) {}

  /// Sums over the tenants asked for.
  ///
  /// @param latencyCounts requests that took at most the bound of the same position; the last
  ///   position, beyond the bounds, counts all
  public record Sums(long requests, long errors, long connectFailures, List<Long> latencyCounts) {}

  private final Map<String, ArmCounts[]> tenants = new ConcurrentHashMap<>();

  /// Upper bounds of the latency classes, in milliseconds.
  public static List<Long> boundsMillis() {
    return Arrays.stream(BOUNDS_MILLIS).boxed().toList();
  }

  /// Counts a finished request.
  void finished(String tenant, String release, Outcome outcome, long nanos) {
    AtomicLongArray slots = slots(tenant, release);
    slots.incrementAndGet(REQUESTS);
    if (outcome == Outcome.ERROR) {
      slots.incrementAndGet(ERRORS);
    }
    slots.incrementAndGet(LATENCY + latencyClass(nanos));
  }

  /// Counts a connection that could not be opened.
  void connectFailed(String tenant, String release) {
    slots(tenant, release).incrementAndGet(CONNECT_FAILURES);
  }

  /// Forgets tenants that are not in the table any more.
  public void keepOnly(Set<String> known) {
    tenants.keySet().removeIf(tenant -> !known.contains(tenant));
  }

  /// Adds up what the given tenants' requests came to, by release.
  public Map<String, Sums> sums(Collection<String> asked) {
    Map<String, long[]> totals = new HashMap<>();
    for (String tenant : asked) {
      for (ArmCounts arm : tenants.getOrDefault(tenant, new ArmCounts[0])) {
        long[] total = totals.computeIfAbsent(arm.release, _ -> new long[SLOTS]);
        for (int i = 0; i < SLOTS; i++) {
          total[i] += arm.slots.get(i);
        }
      }
    }
    Map<String, Sums> result = new HashMap<>();
    totals.forEach((release, total) -> result.put(release, sums(total)));
    return result;
  }

  private static Sums sums(long[] total) {
    List<Long> cumulative = new ArrayList<>();
    long sum = 0;
    for (int i = LATENCY; i < SLOTS; i++) {
      sum += total[i];
      cumulative.add(sum);
    }
    return new Sums(
        total[REQUESTS], total[ERRORS], total[CONNECT_FAILURES], List.copyOf(cumulative));
  }

  private static int latencyClass(long nanos) {
    int i = 0;
    while (i < BOUNDS_MILLIS.length && nanos > BOUNDS_MILLIS[i] * 1_000_000) {
      i++;
    }
    return i;
  }

  private AtomicLongArray slots(String tenant, String release) {
    ArmCounts[] arms = tenants.get(tenant);
    if (arms != null) {
      for (ArmCounts arm : arms) {
        if (arm.release.equals(release)) {
          return arm.slots;
        }
      }
    }
    ArmCounts[] grown = tenants.compute(tenant, (_, now) -> with(now, release));
    return grown[grown.length - 1].slots;
  }

  /// The arm asked for stands last in the result.
  private static ArmCounts[] with(ArmCounts @Nullable [] now, String release) {
    if (now == null) {
      return new ArmCounts[] {fresh(release)};
    }
    List<ArmCounts> arms = new ArrayList<>(Arrays.asList(now));
    ArmCounts found = fresh(release);
    for (ArmCounts arm : now) {
      if (arm.release.equals(release)) {
        found = arm;
      }
    }
    arms.remove(found);
    if (arms.size() >= MAX_ARMS) {
      arms.removeFirst();
    }
    arms.add(found);
    return arms.toArray(ArmCounts[]::new);
  }

  private static ArmCounts fresh(String release) {
    return new ArmCounts(release, new AtomicLongArray(SLOTS));
  }
}
