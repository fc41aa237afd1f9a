package tranche.server;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.Migration;
import tranche.core.release.Release;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.TrafficMark;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.ArmSpec;
import tranche.engine.delivery.Instance;
import tranche.engine.delivery.Platform;
import tranche.engine.delivery.Router;
import tranche.engine.delivery.TenantRoute;
import tranche.engine.journal.Fence;
import tranche.engine.schema.ChangeContext;
import tranche.engine.schema.SchemaDriver;

/// Stores, instances and routes that obey at once, so that rollouts run under a test of the API.
final class FakeWorld {
  final Schema schema = new Schema();
  final Instances platform = new Instances();
  final Routing router = new Routing();

  static final class Schema implements SchemaDriver {
    private final Map<StoreId, SchemaVersion> versions = new ConcurrentHashMap<>();
    volatile boolean down;

    /// Called whenever versions are read.
    volatile Runnable reading = () -> {};

    @Override
    public Map<StoreId, SchemaVersion> versions(Collection<StoreId> stores) {
      reading.run();
      if (down) {
        throw new ProblemException(
            new RecordedProblem(
                "database-unreachable", ProblemKind.ENVIRONMENT, "It is down", "A test.", "Wait."));
      }
      Map<StoreId, SchemaVersion> found = new HashMap<>(versions);
      found.keySet().retainAll(stores);
      return found;
    }

    @Override
    public void provision(StoreId store, ChangeContext context) {
      versions.putIfAbsent(store, SchemaVersion.NONE);
    }

    @Override
    public void preflight(StoreId store, Release release) {}

    @Override
    public String backup(StoreId store, Release release, ChangeContext context) {
      return "nothing to back up";
    }

    @Override
    public String migrate(StoreId store, Migration migration, ChangeContext context) {
      versions.merge(store, migration.version(), (a, b) -> b.isAfter(a) ? b : a);
      return "migrated";
    }

    @Override
    public long finishBackfill(StoreId store, Migration migration, ChangeContext context) {
      return 0;
    }
  }

  static final class Instances implements Platform {
    private final Map<Arm, List<Instance>> running = new ConcurrentHashMap<>();

    @Override
    public List<Instance> ensure(ArmSpec spec, Fence fence) {
      return running.computeIfAbsent(
          spec.arm(),
          arm ->
              IntStream.range(0, spec.instances())
                  .mapToObj(i ->
                      new Instance(arm + "-" + i, arm, "127.0.0.1", 1 + i, Instance.State.READY))
                  .toList());
    }

    @Override
    public List<Instance> instances() {
      return running.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public void stop(Arm arm, Fence fence) {
      running.remove(arm);
    }
  }

  static final class Routing implements Router {
    private final Map<TenantId, TenantRoute> routes = new ConcurrentHashMap<>();
    private final Map<Arm, List<Instance>> arms = new ConcurrentHashMap<>();

    @Override
    public void putArm(Arm arm, String readyPath, List<Instance> instances, Fence fence) {
      arms.put(arm, instances);
    }

    @Override
    public void removeArm(Arm arm, List<TenantRoute> replaced, Fence fence) {
      route(replaced, fence);
      arms.remove(arm);
    }

    @Override
    public void route(List<TenantRoute> replaced, Fence fence) {
      replaced.forEach(r -> routes.put(r.tenant(), r));
    }

    @Override
    public void forget(Collection<TenantId> tenants, Fence fence) {
      tenants.forEach(routes::remove);
    }

    @Override
    public Map<TenantId, TenantRoute> routes(Collection<TenantId> tenants) {
      return routes.entrySet().stream()
          .filter(e -> tenants.contains(e.getKey()))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<Arm, List<Instance>> arms() {
      return Map.copyOf(arms);
    }

    @Override
    public TrafficMark mark(Collection<TenantId> tenants) {
      return new TrafficMark("boot", Map.of());
    }
  }
}
