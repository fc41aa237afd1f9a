package tranche.drivers.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tranche.core.fleet.CellId;
import tranche.core.fleet.TenantId;
import tranche.core.problem.ProblemException;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.TrafficMark;
import tranche.core.secret.Secret;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.DeliveryProblem.NotAsIntended;
import tranche.engine.delivery.Instance;
import tranche.engine.delivery.Router;
import tranche.engine.delivery.TenantRoute;
import tranche.engine.journal.Fence;

/// Directs requests through the embedded gateway.
///
/// One change at a time: read the version in force, send the next one, read back what is in force
/// and compare. Repeating is always safe, also after an answer was lost: the content of a change
/// does not depend on what was there before, except for the other arms of a cell, and those are
/// read together with the version that the change replaces.
///
/// [#removeArm] throws [NotAsIntended], and changes nothing, while a tenant that is not listed is
/// routed to the arm. All methods throw [CancellationException], with the interrupt flag set, when
/// interrupted.
public final class GatewayRouter implements Router, AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(15);
  private static final long LOOK_AGAIN_MILLIS = 25;

  private final RouteTable table;

  /// A router over the gateway that is at `admin` whenever it is asked.
  public GatewayRouter(Supplier<URI> admin, Secret token) {
    this.table = new RouteTable(admin, token);
  }

  @Override
  public void putArm(Arm arm, String readyPath, List<Instance> instances, Fence fence) {
    JsonNode intended = Wire.arm(readyPath, instances);
    guarded(() -> {
      table.change(
          fence,
          now -> {
            ObjectNode arms = arms(now, arm.cell());
            arms.set(arm.release().value(), intended);
            return Optional.of(withArms(arm.cell(), arms));
          });
      expect("arm " + arm, intended, arms(table.table(), arm.cell()), arm.release());
      return arm;
    });
  }

  @Override
  public void removeArm(Arm arm, List<TenantRoute> routes, Fence fence) {
    guarded(() -> {
      table.change(fence, now -> Optional.of(withoutTraffic(arm, routes, now)));
      expectRoutes(routes);
      awaitLastAnswer(arm);
      table.change(fence, now -> without(arm, now));
      expectGone(arm);
      return arm;
    });
  }

  private static Update withoutTraffic(Arm arm, List<TenantRoute> routes, JsonNode now) {
    refuseWhileNamed(arm, routes, now);
    ObjectNode arms = arms(now, arm.cell());
    JsonNode leaving = arms.get(arm.release().value());
    if (leaving == null) {
      return update -> Wire.writeRoutes(routes, update);
    }
    arms.set(arm.release().value(), Wire.draining(leaving));
    Update cell = withArms(arm.cell(), arms);
    return update -> {
      cell.writeTo(update);
      Wire.writeRoutes(routes, update);
    };
  }

  /// Draining an arm that some other tenant is still routed to would leave that tenant without any
  /// (I8).
  private static void refuseWhileNamed(Arm arm, List<TenantRoute> routes, JsonNode now) {
    Set<String> replaced = new HashSet<>();
    routes.forEach(route -> replaced.add(route.tenant().value()));
    for (var entry : now.required("tenants").properties()) {
      JsonNode route = entry.getValue();
      if (!replaced.contains(entry.getKey())
          && route.required("cell").stringValue().equals(arm.cell().value())
          && route.required("arms").has(arm.release().value())) {
        throw different("the route of tenant " + entry.getKey(), "without " + arm, route);
      }
    }
  }

  private static Optional<Update> without(Arm arm, JsonNode now) {
    ObjectNode arms = arms(now, arm.cell());
    if (arms.remove(arm.release().value()) == null) {
      return Optional.empty();
    }
    return Optional.of(
        arms.isEmpty()
            ? update -> update.putObject("cells").putNull(arm.cell().value())
            : withArms(arm.cell(), arms));
  }

  private void awaitLastAnswer(Arm arm) throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (inFlight(arm) > 0 && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private long inFlight(Arm arm) throws InterruptedException {
    return table.read(
        "GET",
        "/v1/instances",
        "",
        instances -> {
          long sum = 0;
          for (JsonNode instance : instances) {
            if (armOf(instance).equals(arm)) {
              sum += instance.required("inFlight").longValue();
            }
          }
          return sum;
        });
  }

  @Override
  public void route(List<TenantRoute> routes, Fence fence) {
    if (routes.isEmpty()) {
      return;
    }
    guarded(() -> {
      table.changeRoutes(fence, update -> Wire.writeRoutes(routes, update));
      expectRoutes(routes);
      return routes;
    });
  }

  @Override
  public void forget(Collection<TenantId> tenants, Fence fence) {
    if (tenants.isEmpty()) {
      return;
    }
    guarded(() -> {
      table.changeRoutes(fence, update -> Wire.removeRoutes(tenants, update));
      for (TenantRoute route : inForce(tenants).values()) {
        throw different("the route of tenant " + route.tenant(), "gone", route);
      }
      return tenants;
    });
  }

  @Override
  public Map<TenantId, TenantRoute> routes(Collection<TenantId> tenants) {
    return guarded(() -> inForce(tenants));
  }

  private Map<TenantId, TenantRoute> inForce(Collection<TenantId> tenants)
      throws InterruptedException {
    return tenants.isEmpty()
        ? Map.of()
        : table.read(
            "POST",
            "/v1/tenants/query",
            Wire.ids("ids", tenants),
            answer -> Wire.routes(answer.required("routes")));
  }

  @Override
  public Map<Arm, List<Instance>> arms() {
    return guarded(() -> {
      Map<Arm, Set<String>> ready = ready();
      return table.read("GET", "/v1/routes", "", now -> arms(now, ready));
    });
  }

  private static Map<Arm, List<Instance>> arms(JsonNode now, Map<Arm, Set<String>> ready) {
    Map<Arm, List<Instance>> arms = new TreeMap<>();
    for (var cell : now.required("cells").properties()) {
      for (var entry : cell.getValue().required("arms").properties()) {
        Arm arm = new Arm(new CellId(cell.getKey()), new ReleaseId(entry.getKey()));
        arms.put(arm, Wire.instances(arm, entry.getValue(), ready.getOrDefault(arm, Set.of())));
      }
    }
    return arms;
  }

  private Map<Arm, Set<String>> ready() throws InterruptedException {
    return table.read(
        "GET",
        "/v1/instances",
        "",
        instances -> {
          Map<Arm, Set<String>> ready = new TreeMap<>();
          for (JsonNode instance : instances) {
            if (instance.required("ready").booleanValue()) {
              ready
                  .computeIfAbsent(armOf(instance), _ -> new HashSet<>())
                  .add(instance.required("id").stringValue());
            }
          }
          return ready;
        });
  }

  @Override
  public TrafficMark mark(Collection<TenantId> tenants) {
    return guarded(() -> table.read("POST", "/v1/stats", Wire.ids("tenants", tenants), Wire::mark));
  }

  /// Ends the connections to the gateway.
  @Override
  public void close() {
    table.close();
  }

  private static ObjectNode arms(JsonNode table, CellId cell) {
    JsonNode arms = table.required("cells").path(cell.value()).path("arms");
    return arms.isMissingNode()
        ? JsonMapper.shared().createObjectNode()
        : (ObjectNode) arms.deepCopy();
  }

  private static Update withArms(CellId cell, ObjectNode arms) {
    return update -> update.putObject("cells").putObject(cell.value()).set("arms", arms);
  }

  private static Arm armOf(JsonNode instance) {
    return new Arm(
        new CellId(instance.required("cell").stringValue()),
        new ReleaseId(instance.required("release").stringValue()));
  }

  private void expectRoutes(List<TenantRoute> intended) throws InterruptedException {
    List<TenantId> tenants = new ArrayList<>();
    intended.forEach(route -> tenants.add(route.tenant()));
    Map<TenantId, TenantRoute> observed = inForce(tenants);
    for (TenantRoute route : intended) {
      if (!route.equals(observed.get(route.tenant()))) {
        throw different(
            "the route of tenant " + route.tenant(), route, observed.get(route.tenant()));
      }
    }
  }

  private static void expect(
      String subject, JsonNode intended, ObjectNode arms, ReleaseId release) {
    JsonNode observed = arms.get(release.value());
    if (!intended.equals(observed)) {
      throw different(subject, intended, observed);
    }
  }

  private void expectGone(Arm arm) throws InterruptedException {
    if (arms(table.table(), arm.cell()).has(arm.release().value())) {
      throw different("arm " + arm, "gone", "there");
    }
  }

  private static ProblemException different(
      String subject, Object intended, @Nullable Object observed) {
    String seen = Objects.toString(observed, "missing");
    return new NotAsIntended(subject, intended.toString(), seen).exception();
  }

  private interface Guarded<T> {
    T run() throws InterruptedException;
  }

  private static <T> T guarded(Guarded<T> work) {
    try {
      return work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    }
  }
}
