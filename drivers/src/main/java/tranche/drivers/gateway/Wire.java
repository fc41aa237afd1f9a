package tranche.drivers.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tranche.core.fleet.CellId;
import tranche.core.fleet.Stickiness;
import tranche.core.fleet.TenantId;
import tranche.core.judge.ArmCounts;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.TrafficMark;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.Instance;
import tranche.engine.delivery.TenantRoute;
import tranche.engine.delivery.TenantRoute.ArmWeight;

/// The engine's words in the gateway's JSON, and back. Reading throws
/// [tools.jackson.core.JacksonException] or [IllegalArgumentException] when the JSON says something
/// else.
final class Wire {
  private Wire() {}

  static ObjectNode update(TableVersion version) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("epoch", version.epoch());
    node.put("version", version.version());
    return node;
  }

  static void writeRoutes(Collection<TenantRoute> routes, ObjectNode update) {
    ObjectNode tenants = update.putObject("tenants");
    for (TenantRoute route : routes) {
      ObjectNode node = tenants.putObject(route.tenant().value());
      node.put("cell", route.cell().value());
      ObjectNode arms = node.putObject("arms");
      route.arms().forEach(arm -> arms.put(arm.release().value(), arm.weight()));
      node.put("sticky", route.sticky().word());
    }
  }

  static void removeRoutes(Collection<TenantId> tenants, ObjectNode update) {
    ObjectNode routes = update.putObject("tenants");
    tenants.forEach(tenant -> routes.putNull(tenant.value()));
  }

  static ObjectNode arm(String readyPath, List<Instance> instances) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("readiness", readyPath);
    ArrayNode list = node.putArray("instances");
    for (Instance instance : instances) {
      list.addObject()
          .put("id", instance.id())
          .put("host", instance.host())
          .put("port", instance.port())
          .put("draining", false);
    }
    return node;
  }

  static ObjectNode draining(JsonNode arm) {
    ObjectNode node = (ObjectNode) arm.deepCopy();
    for (JsonNode instance : node.required("instances")) {
      ((ObjectNode) instance).put("draining", true);
    }
    return node;
  }

  static String ids(String name, Collection<TenantId> tenants) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    ArrayNode list = node.putArray(name);
    tenants.forEach(tenant -> list.add(tenant.value()));
    return node.toString();
  }

  static Map<TenantId, TenantRoute> routes(JsonNode routes) {
    Map<TenantId, TenantRoute> result = new LinkedHashMap<>();
    for (var entry : routes.properties()) {
      TenantId tenant = new TenantId(entry.getKey());
      JsonNode node = entry.getValue();
      List<ArmWeight> arms = new ArrayList<>();
      for (var arm : node.required("arms").properties()) {
        arms.add(new ArmWeight(new ReleaseId(arm.getKey()), arm.getValue().intValue()));
      }
      result.put(
          tenant,
          new TenantRoute(
              tenant,
              new CellId(node.required("cell").stringValue()),
              arms,
              Stickiness.valueOf(node.required("sticky").stringValue().toUpperCase(Locale.ROOT))));
    }
    return result;
  }

  /// @param ready ids of the instances that the gateway would give requests to, by arm
  static List<Instance> instances(Arm arm, JsonNode node, Collection<String> ready) {
    List<Instance> instances = new ArrayList<>();
    for (JsonNode instance : node.required("instances")) {
      String id = instance.required("id").stringValue();
      instances.add(
          new Instance(
              id,
              arm,
              instance.required("host").stringValue(),
              instance.required("port").intValue(),
              ready.contains(id) ? Instance.State.READY : Instance.State.STARTING));
    }
    return instances;
  }

  static TrafficMark mark(JsonNode stats) {
    Map<ReleaseId, ArmCounts> arms = new LinkedHashMap<>();
    for (var arm : stats.required("arms").properties()) {
      arms.put(
          new ReleaseId(arm.getKey()),
          new ArmCounts(
              arm.getValue().required("requests").longValue(),
              arm.getValue().required("errors").longValue()));
    }
    return new TrafficMark(stats.required("bootId").stringValue(), arms);
  }
}
