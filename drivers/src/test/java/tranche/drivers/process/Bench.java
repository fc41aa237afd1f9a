package tranche.drivers.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tranche.core.fleet.CellId;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.IsolationModel;
import tranche.core.fleet.Placement;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.StoreRole;
import tranche.core.fleet.StoreUse;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.fleet.TenantStatus;
import tranche.core.release.ArtifactFile;
import tranche.core.release.ProcessArtifact;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaChange;
import tranche.core.release.SchemaRange;
import tranche.core.release.SchemaVersion;
import tranche.core.secret.Secret;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.ArmSpec;
import tranche.engine.delivery.Instance;
import tranche.engine.journal.Fence;

/// A folder with a platform in it and arms of the sample application.
record Bench(Path folder) {
  static final String PASSWORD = "pa$$ w0rd&secret";
  static final Fence FENCE = new Fence(7);
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  Path data() {
    return folder.resolve("data");
  }

  ProcessSettings settings() {
    return new ProcessSettings(data(), JAVA, Duration.ofSeconds(20), Duration.ofSeconds(5), 2);
  }

  ProcessSettings settings(Duration ready, Duration patience) {
    return new ProcessSettings(data(), JAVA, ready, patience, 2);
  }

  ProcessPlatform platform() {
    return new ProcessPlatform(settings(), Bench::access);
  }

  static ApplicationAccess access(DatabaseId id) {
    return new ApplicationAccess("127.0.0.1", 5432, "db_" + id, "app", Secret.of(PASSWORD), 8);
  }

  static Arm arm(String release) {
    return new Arm(new CellId("basic"), new ReleaseId(release));
  }

  ArmSpec spec(int instances, String... behaviour) {
    return spec("2026.11", instances, List.of(), sampleCommand(behaviour));
  }

  ArmSpec spec(String release, int instances, List<ArtifactFile> files, List<String> command) {
    SchemaVersion one = new SchemaVersion("1");
    Release built =
        Release.of(
            new ReleaseId(release),
            "4.19.0",
            new ProcessArtifact(folder.toString(), files, command, "/ready"),
            new SchemaChange(new SchemaRange(one, one), one, List.of(), List.of(), List.of()));
    return new ArmSpec(arm(release), built, instances, List.of(tenant("acme")));
  }

  static List<String> sampleCommand(String... behaviour) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("{java}", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx32m", "-cp", testClasses()));
    command.add(SampleApp.class.getName());
    command.addAll(List.of(behaviour));
    return command;
  }

  static String testClasses() {
    return Path.of(URI.create(Bench.class.getResource("/").toString())).toString();
  }

  static Tenant tenant(String id) {
    StoreId store = new StoreId(new DatabaseId("pool"), "app");
    return new Tenant(
        new TenantId(id),
        "basic",
        "",
        new TenantStatus.Active(),
        new Placement(
            IsolationModel.ROW, new CellId("basic"), List.of(new StoreUse(StoreRole.MAIN, store))));
  }

  static String get(Instance instance, String path) throws IOException, InterruptedException {
    URI address = URI.create("http://" + instance.host() + ":" + instance.port() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  Path instanceFile(String id) {
    return data().resolve("instances").resolve(id).resolve("instance.json");
  }

  Mark mark(String id) {
    return new Mark("TRANCHE_INSTANCE", instanceFile(id));
  }

  /// The process that carries the mark of an instance; 0 if there is none.
  long pid(String id) {
    return mark(id).processes().stream().findFirst().map(ProcessIdentity::pid).orElse(0L);
  }
}
