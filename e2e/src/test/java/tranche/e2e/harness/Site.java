package tranche.e2e.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.json.JsonMapper;

/// A temporary folder with a configuration, releases and a data folder, and everything that is
/// started on it. A test registers it as an extension and says what is in it with [#write].
///
/// After the test all its processes are gone; one that `tranche down` leaves behind makes the test
/// fail. After a failed test the folder is kept and its path printed: logs, journals and data are
/// in it.
public final class Site implements BeforeEachCallback, AfterEachCallback {
  private static final long COMMAND_SECONDS_MAX = 120;

  private final List<ControlPlaneProcess> controlPlanes = new ArrayList<>();
  private final List<LoadProcess> loads = new ArrayList<>();
  private Path folder = Path.of("");
  private int gatewayPort;
  private boolean isClosed;
  private int commands;

  /// A site to register with `@RegisterExtension`.
  public Site() {}

  /// How a command ended: its exit code and all it printed.
  public record Ended(int exitCode, String output, String errors) {}

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("tranche-e2e-").toRealPath();
    Files.createDirectories(logs());
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gatewayPort = socket.getLocalPort();
    }
  }

  /// The folder.
  public Path folder() {
    return folder;
  }

  /// The configuration file.
  public Path configuration() {
    return folder.resolve("tranche.yaml");
  }

  /// The data folder of the control plane.
  public Path data() {
    return folder.resolve("data");
  }

  /// Where the output of every process goes.
  public Path logs() {
    return folder.resolve("logs");
  }

  /// The processes of the data plane.
  public Processes processes() {
    return new Processes(data());
  }

  /// The embedded databases.
  public Databases databases() throws IOException {
    return new Databases(data());
  }

  /// The gateway, as it answers now.
  public Gateway gateway() throws IOException {
    return Gateway.of(data());
  }

  /// Writes the configuration, the tenants and the verification suite; again for a changed fleet.
  public void write(Fleet fleet) throws IOException {
    Files.writeString(configuration(), fleet.configuration());
    Files.writeString(folder.resolve("tenants.csv"), fleet.csv());
    Path suites = Files.createDirectories(folder.resolve("verify"));
    Files.copy(
        Product.example().resolve("verify/smoke.yaml"),
        suites.resolve("smoke.yaml"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /// The folder of a release of the example, with migrations that leave a mark ([ReleaseCopy]).
  public Path release(String version) throws IOException {
    Path copy = folder.resolve("releases").resolve(version);
    return Files.exists(copy) ? copy : ReleaseCopy.make(version, copy);
  }

  /// Starts a control plane and returns when it listens.
  public ControlPlaneProcess start() throws IOException {
    return start(Map.of());
  }

  /// Starts a control plane that freezes at a fault point, for instance `shift:after-effect`.
  public ControlPlaneProcess startStoppingAt(String point) throws IOException {
    return start(Map.of("TRANCHE_TEST_STOP_AT", point));
  }

  /// Starts a control plane with some variables in its environment.
  public ControlPlaneProcess start(Map<String, String> environment) throws IOException {
    Path log = logs().resolve("control-plane-" + (controlPlanes.size() + 1));
    ControlPlaneProcess started =
        ControlPlaneProcess.start(
            List.of(
                "up",
                "--config",
                configuration().toString(),
                "--data",
                data().toString(),
                "--listen",
                "127.0.0.1:0",
                "--gateway-listen",
                "127.0.0.1:" + gatewayPort),
            environment,
            log,
            data());
    controlPlanes.add(started);
    started.awaitListening();
    return started;
  }

  /// Puts issues into every tenant and returns when they are there.
  public void seed(List<String> tenants, int issuesPerTenant) throws Exception {
    Path file = Files.write(folder.resolve("seeded.txt"), tenants);
    List<String> command =
        Product.load(
            List.of(
                "--url", gateway().front().toString(),
                "--tenants", file.toString(),
                "--seed-issues", String.valueOf(issuesPerTenant)));
    Ended ended = run(command, "seed");
    if (ended.exitCode() != 0) {
      throw new AssertionError("seeding failed: " + ended);
    }
  }

  /// Starts load on some tenants.
  public LoadProcess load(List<String> tenants, LoadProcess.Shape shape) throws IOException {
    String name = "load-" + (loads.size() + 1);
    Path file = Files.write(folder.resolve(name + ".txt"), tenants);
    LoadProcess started = LoadProcess.start(gateway().front(), file, logs().resolve(name), shape);
    loads.add(started);
    return started;
  }

  /// Runs a `tranche` command to its end.
  public Ended tranche(String... arguments) throws Exception {
    return run(Product.tranche(List.of(arguments)), "command-" + arguments[0]);
  }

  private Ended run(List<String> command, String name) throws Exception {
    File out = logs().resolve(name + "-" + ++commands + ".out").toFile();
    File err = logs().resolve(name + "-" + commands + ".err").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out)
            .redirectError(err)
            .start();
    if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(name + " did not end; its output is in " + out);
    }
    return new Ended(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    boolean isFailed = context.getExecutionException().isPresent();
    if (isFailed) {
      System.err.println("The test failed; logs are in " + logs() + ", data in " + data());
    }
    Map<Long, String> left = close();
    if (!left.isEmpty()) {
      throw new AssertionError("`tranche down` left running on " + folder + ": " + left);
    }
    if (!isFailed) {
      delete();
    }
  }

  /// Stops everything, at most once; says what `tranche down` had left running, which is then
  /// killed. Done after the test by itself.
  public Map<Long, String> close() throws Exception {
    if (isClosed) {
      return Map.of();
    }
    isClosed = true;
    loads.forEach(LoadProcess::kill);
    for (ControlPlaneProcess controlPlane : controlPlanes) {
      controlPlane.kill();
    }
    if (Files.exists(data().resolve("identity"))) {
      Ended down =
          tranche("down", "--config", configuration().toString(), "--data", data().toString());
      if (down.exitCode() != 0) {
        System.err.println("`tranche down` failed: " + down);
      }
    }
    Map<Long, String> left = Processes.naming(folder);
    left.keySet().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    return left;
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Site::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The URL in a JSON file of the data folder; for those who look where a control plane listens.
  static URI url(Path file) throws IOException {
    return URI.create(new JsonMapper().readTree(Files.readString(file)).path("url").asString(""));
  }
}
