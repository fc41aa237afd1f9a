package issuetracker.instance;

import issuetracker.json.Json;
import issuetracker.json.JsonException;
import issuetracker.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the instance file that the platform writes for a process before it starts it.
public final class InstanceFile {
  /// The environment variable that holds the path of the file.
  public static final String VARIABLE = "TRANCHE_INSTANCE";

  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private InstanceFile() {}

  /// Reads the file.
  ///
  /// @throws InstanceException when it cannot be read or says something this application cannot use
  public static Instance read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InstanceException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return parse(Json.read(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new InstanceException(file + " cannot be read: " + e.getClass().getSimpleName());
    } catch (JsonException e) {
      throw new InstanceException(file + ": " + e.getMessage());
    }
  }

  private static Instance parse(JsonObject file) {
    return new Instance(
        new Instance.Identity(
            file.requiredText("instance"), file.requiredText("cell"), file.requiredText("release")),
        file.requiredText("host"),
        port(file),
        databases(file.requiredObject("databases")),
        tenants(file.requiredObject("tenants")));
  }

  private static int port(JsonObject object) {
    int port = object.requiredInteger("port");
    if (port < 0 || port > 65_535) {
      throw new InstanceException("\"port\" must be between 0 and 65535");
    }
    return port;
  }

  private static Map<String, Database> databases(JsonObject databases) {
    Map<String, Database> byName = new HashMap<>();
    for (String name : databases.names()) {
      JsonObject database = databases.requiredObject(name);
      byName.put(
          name,
          new Database(
              database.requiredText("host"),
              port(database),
              database.requiredText("name"),
              new Database.Login(
                  database.requiredText("user"), new Password(database.requiredText("password"))),
              database.requiredInteger("maxConnections")));
    }
    return byName;
  }

  private static Map<String, Placement> tenants(JsonObject tenants) {
    Map<String, Placement> byId = new HashMap<>();
    for (String id : tenants.names()) {
      byId.put(id, placement(id, tenants.requiredObject(id)));
    }
    return byId;
  }

  private static Placement placement(String id, JsonObject tenant) {
    Map<String, Store> byRole = stores(tenant.requiredObjects("stores"));
    String model = tenant.requiredText("model");
    return switch (model) {
      case "row", "schema", "database" ->
          new Placement(id, role(id, byRole, "main"), role(id, byRole, "main"));
      case "hybrid" -> new Placement(id, role(id, byRole, "shared"), role(id, byRole, "own"));
      default ->
          throw new InstanceException(
              "tenant " + id + ": \"model\" must be row, schema, database or hybrid");
    };
  }

  private static Map<String, Store> stores(List<JsonObject> stores) {
    Map<String, Store> byRole = new HashMap<>();
    for (JsonObject store : stores) {
      byRole.put(
          store.requiredText("role"),
          new Store(store.requiredText("database"), store.requiredText("schema")));
    }
    return byRole;
  }

  private static Store role(String tenant, Map<String, Store> byRole, String role) {
    Store store = byRole.get(role);
    if (store == null) {
      throw new InstanceException("tenant " + tenant + " has no store with the role " + role);
    }
    return store;
  }
}
