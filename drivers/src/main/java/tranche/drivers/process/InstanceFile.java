package tranche.drivers.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreUse;
import tranche.core.fleet.Tenant;

/// Everything an instance is told: `docs/reference/instance.md` is the contract.
final class InstanceFile {
  private final TreeMap<DatabaseId, ApplicationAccess> databases = new TreeMap<>();
  private final List<Tenant> tenants;

  InstanceFile(List<Tenant> tenants, Function<DatabaseId, ApplicationAccess> access) {
    this.tenants = tenants;
    for (Tenant tenant : tenants) {
      for (StoreUse use : tenant.placement().stores()) {
        databases.computeIfAbsent(use.store().database(), access);
      }
    }
  }

  /// The passwords in the file.
  Set<String> secrets() {
    Set<String> secrets = new TreeSet<>();
    databases.values().forEach(database -> secrets.add(database.password().reveal()));
    return secrets;
  }

  /// The file for one instance.
  byte[] contentFor(InstanceRecord record) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("instance", record.id());
    root.put("cell", record.arm().cell().value());
    root.put("release", record.arm().release().value());
    root.put("host", InstanceRecord.HOST);
    root.put("port", record.port());
    ObjectNode byName = root.putObject("databases");
    databases.forEach((id, database) -> describe(byName.putObject(id.value()), database));
    ObjectNode byTenant = root.putObject("tenants");
    tenants.forEach(tenant -> describe(byTenant.putObject(tenant.id().value()), tenant));
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void describe(ObjectNode node, ApplicationAccess database) {
    node.put("host", database.host());
    node.put("port", database.port());
    node.put("name", database.name());
    node.put("user", database.user());
    node.put("password", database.password().reveal());
    node.put("maxConnections", database.maxConnections());
  }

  private static void describe(ObjectNode node, Tenant tenant) {
    node.put("model", tenant.placement().model().word());
    var stores = node.putArray("stores");
    for (StoreUse use : tenant.placement().stores()) {
      ObjectNode store = stores.addObject();
      store.put("role", use.role().word());
      store.put("database", use.store().database().value());
      store.put("schema", use.store().schema());
    }
  }
}
