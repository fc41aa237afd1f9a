package tranche.gateway.upstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tranche.gateway.route.Arm;
import tranche.gateway.route.Instance;
import tranche.gateway.route.RoutingTable;

/// All instances the gateway knows, and the routing in force over them.
public final class Fleet {
  private final Map<LiveInstance.Identity, LiveInstance> known = new ConcurrentHashMap<>();
  private final Consumer<LiveInstance> onFresh;
  private volatile Routing routing = Routing.EMPTY;

  /// @param onFresh told of each instance that is new or changed; must not block
  public Fleet(Consumer<LiveInstance> onFresh) {
    this.onFresh = onFresh;
  }

  /// The routing in force.
  public Routing routing() {
    return routing;
  }

  /// All instances: those of the table, and those that left it with requests still in flight.
  public Collection<LiveInstance> instances() {
    known.values().removeIf(instance -> !instance.listed() && instance.inFlight() == 0);
    return known.values();
  }

  /// Takes over a table. When this returns, no instance that drains or left is given a new request.
  public void apply(RoutingTable table) {
    Map<String, Map<String, List<LiveInstance>>> cells = new HashMap<>();
    Set<LiveInstance.Identity> listed = new HashSet<>();
    table
        .cells()
        .forEach((cell, content) -> {
          Map<String, List<LiveInstance>> arms = new HashMap<>();
          content
              .arms()
              .forEach((release, arm) -> arms.put(release, join(cell, release, arm, listed)));
          cells.put(cell, Map.copyOf(arms));
        });
    routing = new Routing(table, Map.copyOf(cells));
    known.forEach((identity, instance) -> {
      if (!listed.contains(identity)) {
        instance.retire();
      }
    });
  }

  private List<LiveInstance> join(
      String cell, String release, Arm arm, Set<LiveInstance.Identity> listed) {
    List<LiveInstance> result = new ArrayList<>(arm.instances().size());
    for (Instance instance : arm.instances()) {
      LiveInstance.Identity identity =
          new LiveInstance.Identity(cell, release, instance.id(), instance.host(), instance.port());
      listed.add(identity);
      result.add(known.compute(identity, (key, live) -> joined(key, live, arm, instance)));
    }
    return List.copyOf(result);
  }

  private LiveInstance joined(
      LiveInstance.Identity identity, @Nullable LiveInstance live, Arm arm, Instance instance) {
    if (live == null) {
      LiveInstance fresh = new LiveInstance(identity, arm.readiness(), instance);
      onFresh.accept(fresh);
      return fresh;
    }
    boolean changed =
        !live.listed()
            || live.draining() != instance.draining()
            || !live.readinessPath().equals(arm.readiness());
    live.update(arm.readiness(), instance);
    if (changed) {
      onFresh.accept(live);
    }
    return live;
  }
}
