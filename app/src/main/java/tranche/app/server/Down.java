package tranche.app.server;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tranche.config.ConfigReader;
import tranche.config.TrancheConfig;
import tranche.drivers.process.ProcessPlatform;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.Instance;
import tranche.engine.journal.Fence;
import tranche.engine.rollout.ServiceProblem;
import tranche.postgres.control.ControlStore;
import tranche.postgres.embedded.EmbeddedPostgres;

/// `tranche down`: stops everything that a data folder has running. The next `tranche up` brings it
/// back as it was.
@Command(
    name = "down",
    description = {
      "Stop the control plane, all instances, the gateway and the embedded PostgreSQL of a data"
          + " folder.",
      "",
      "Requests are drained, nothing is deleted: the next `tranche up` brings everything back as it"
          + " was."
    })
public final class Down implements Callable<Integer> {
  private static final Duration CONTROL_PLANE_LIMIT = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final int LEASE_TRIES = 60;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration. Default: ${DEFAULT-VALUE}.")
  private Path config = Path.of("tranche.yaml");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The data folder. Default: `data` of the configuration, or .tranche beside it.")
  private Optional<Path> data = Optional.empty();

  @Spec private CommandSpec command = CommandSpec.create();

  /// An instance for picocli, which sets the options.
  public Down() {}

  @Override
  public Integer call() throws InterruptedException {
    TrancheConfig read = ConfigReader.read(config, System.getenv());
    stop(read, data.orElse(read.controlPlane().data()), command.commandLine().getOut());
    return 0;
  }

  /// Stops everything that runs on the folder.
  public static void stop(TrancheConfig config, Path folder, PrintWriter out)
      throws InterruptedException {
    if (!Files.isDirectory(folder)) {
      out.println("Nothing runs: there is no data folder " + NearPath.of(folder));
      return;
    }
    ServerLogging.toStandardError();
    stopControlPlane(folder);
    try (DataFolder data = DataFolder.open(folder)) {
      int instances = stop(new Wiring(config, data), data);
      out.println("Stopped " + instances + " instances, the gateway and the embedded server.");
      out.flush();
    }
  }

  private static int stop(Wiring wiring, DataFolder data) throws InterruptedException {
    Optional<EmbeddedPostgres> postgres = wiring.embedded();
    int instances;
    try {
      ControlStore store = wiring.store(postgres.map(EmbeddedPostgres::address));
      Fence fence = fence(store, data);
      instances = stopInstances(wiring, postgres, fence);
      wiring.gateway().stop();
      store.leases().release(fence);
    } finally {
      wiring.close();
    }
    if (postgres.isPresent()) {
      postgres.get().stop();
    }
    return instances;
  }

  private static void stopControlPlane(Path folder) throws InterruptedException {
    Optional<ProcessHandle> process =
        ControlFile.read(folder).flatMap(c -> ProcessHandle.of(c.pid()));
    // The file may be stale and the number reused: only a process of this same program is asked.
    if (process.filter(Down::isOurs).isEmpty()) {
      return;
    }
    process.get().destroy();
    try {
      process.get().onExit().orTimeout(CONTROL_PLANE_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      // The folder's lock then says who holds it.
    }
  }

  private static boolean isOurs(ProcessHandle process) {
    return process.info().command().equals(ProcessHandle.current().info().command());
  }

  /// Stopping is acting, so it needs the lease like everything else.
  private static Fence fence(ControlStore store, DataFolder data) throws InterruptedException {
    for (int i = 0; i < LEASE_TRIES; i++) {
      Optional<Fence> fence = store.leases().acquire(data.identity(), LEASE);
      if (fence.isPresent()) {
        return fence.get();
      }
      TimeUnit.SECONDS.sleep(1);
    }
    throw new ServiceProblem.NotInCharge("another control plane holds the lease").exception();
  }

  private static int stopInstances(
      Wiring wiring, Optional<EmbeddedPostgres> postgres, Fence fence) {
    ProcessPlatform platform =
        wiring.platform(wiring.fleet(postgres.map(EmbeddedPostgres::address)));
    TreeSet<Arm> arms = new TreeSet<>();
    int count = 0;
    for (Instance instance : platform.instances()) {
      arms.add(instance.arm());
      count++;
    }
    arms.parallelStream().forEach(arm -> platform.stop(arm, fence));
    return count;
  }
}
