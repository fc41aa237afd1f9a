package issuetracker.tests;

import issuetracker.http.Log;
import issuetracker.instance.Instance;
import issuetracker.instance.Placement;
import issuetracker.instance.Store;
import issuetracker.json.Json;
import issuetracker.json.JsonObject;
import issuetracker.release.Release;
import issuetracker.server.IssueTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Instances for tests: inside this JVM, or as the file that a process is started with.
final class Instances {
  private static final String POOL = "pool";

  private Instances() {}

  /// Starts a release for tenants that share the schema `app`.
  static IssueTracker pooled(Release release, TestDatabase database, String... tenants)
      throws IOException {
    return start(
        release,
        database,
        Arrays.stream(tenants)
            .map(tenant -> placed(tenant, "app", "app"))
            .toArray(Placement[]::new));
  }

  static IssueTracker start(Release release, TestDatabase database, Placement... placements)
      throws IOException {
    Map<String, Placement> tenants =
        Arrays.stream(placements).collect(Collectors.toMap(Placement::tenant, Function.identity()));
    Instance instance =
        new Instance(
            new Instance.Identity("test@" + release.version(), "test", release.version()),
            "127.0.0.1",
            0,
            Map.of(POOL, database.forInstance()),
            tenants);
    return IssueTracker.start(release, instance, new Log(System.out));
  }

  static Placement placed(String tenant, String people, String work) {
    return new Placement(tenant, new Store(POOL, people), new Store(POOL, work));
  }

  /// Writes the instance file of a process that serves tenants of the schema `app`.
  static Path file(Path folder, String release, int port, TestDatabase database)
      throws IOException {
    var described = database.forInstance();
    JsonObject pool =
        new JsonObject()
            .put("host", described.host())
            .put("port", described.port())
            .put("name", described.name())
            .put("user", described.login().user())
            .put("password", described.login().password().reveal())
            .put("maxConnections", 4);
    JsonObject store =
        new JsonObject().put("role", "main").put("database", POOL).put("schema", "app");
    JsonObject tenant = new JsonObject().put("model", "row").putAll("stores", List.of(store));
    JsonObject instance =
        new JsonObject()
            .put("instance", "basic@" + release + "-1")
            .put("cell", "basic")
            .put("release", release)
            .put("host", "127.0.0.1")
            .put("port", port)
            .put("databases", new JsonObject().put(POOL, pool))
            .put("tenants", new JsonObject().put("acme", tenant).put("globex", tenant));
    Path file = folder.resolve("instance-" + release + ".json");
    return Files.write(file, Json.write(instance));
  }
}
