package tranche.drivers.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tranche.core.problem.ProblemException;
import tranche.drivers.process.InstanceRecord.Run;
import tranche.drivers.process.Readiness.NotReady;
import tranche.drivers.process.Readiness.Ready;
import tranche.engine.delivery.ArmSpec;
import tranche.engine.delivery.DeliveryProblem.CrashLoop;
import tranche.engine.delivery.DeliveryProblem.NotReadyInTime;
import tranche.engine.delivery.Instance;
import tranche.engine.journal.Fence;

/// Brings one instance to readiness: adopts its process or starts one, waits, starts it again if it
/// ends. Each line can be the last one of the control plane: the next one does the same and finds
/// nothing started, or a process by its record, or a process by its mark.
final class InstanceStart {
  /// How often an instance that ends while it starts is started again.
  static final int RESTARTS = 3;

  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final int ASK_MILLIS = 2_000;

  /// What all instances of an arm have in common while they are brought up.
  record Plan(ArmSpec spec, InstanceFile file, Fence fence) {}

  /// Where and how.
  record Place(
      Registry registry,
      FenceFile fences,
      PortBook ports,
      ProcessSettings settings,
      DetachedProcess.Launcher launcher) {}

  private final Place place;
  private final Plan plan;
  private final String id;
  private InstanceRecord record;
  private DetachedProcess process;
  private boolean ours;
  private long logBegin;
  private int exits;

  private InstanceStart(Place place, Plan plan, InstanceRecord record) {
    this.place = place;
    this.plan = plan;
    this.id = record.id();
    this.record = record;
    this.process = place.registry.process(record);
    this.ours = !(record.wasReady() && process.isAlive());
  }

  /// Takes up whatever is there under that number.
  static InstanceStart of(Place place, Plan plan, int number) throws IOException {
    return new InstanceStart(place, plan, place.ports.of(plan, number));
  }

  InstanceRecord record() {
    return record;
  }

  /// Whether it was started here, or by a predecessor that did not get it to readiness.
  boolean isOurs() {
    return ours;
  }

  /// Waits until it is ready.
  ///
  /// @throws ProblemException [NotReadyInTime] or [CrashLoop]
  Instance bringUp() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + place.settings.ready().toNanos();
    settle();
    String seen = "nothing yet";
    while (System.nanoTime() - deadline < 0) {
      if (!process.isAlive()) {
        startAgain();
      }
      switch (Readiness.ask(record, ASK_MILLIS)) {
        case Ready _ when process.isAlive() -> {
          return ready();
        }
        case Ready _ -> seen = "its process had ended";
        case NotReady(String instead) -> seen = instead;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    throw new NotReadyInTime(
            id, place.settings.ready().toSeconds(), seen + "; log: " + logAfterwards())
        .exception();
  }

  private void settle() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      start();
      return;
    }
    if (record.run().isEmpty()) {
      place.fences.admit(plan.fence);
      keepRun();
    }
    tellAgain();
  }

  /// A tenant that was added since is written into the file of a running instance: an application
  /// that looks again when it is asked for a tenant that it does not know needs no restart.
  private void tellAgain() throws IOException {
    Path file = place.registry.instanceFile(id);
    byte[] wanted = plan.file.contentFor(record);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), wanted)) {
      DurableFile.write(file, wanted);
    }
  }

  private void startAgain() throws IOException, InterruptedException {
    exits++;
    if (exits > RESTARTS) {
      throw new CrashLoop(id, exits, lastWords()).exception();
    }
    start();
  }

  private void start() throws IOException, InterruptedException {
    place.fences.admit(plan.fence);
    ours = true;
    // Children that its last process left behind would hold its port and its connections.
    DetachedProcess.stop(List.of(process), place.settings.patience());
    record = place.ports.intend(record, plan.fence.epoch());
    DurableFile.write(place.registry.instanceFile(id), plan.file.contentFor(record));
    logBegin = place.registry.log(id).begin();
    launch();
    keepRun();
  }

  private void launch() {
    Path folder = Path.of(plan.spec.release().artifact().folder());
    List<String> command = Command.of(plan.spec.release(), place.settings.java());
    Mark mark = place.registry.mark(id);
    try {
      process =
          place.launcher.start(new Launch(command, folder, mark, place.registry.log(id).file()));
    } catch (IOException e) {
      throw new ProblemException(
          new CrashLoop(id, exits + 1, "it could not be started at all: " + e.getMessage()), e);
    }
  }

  private Instance ready() throws IOException {
    if (!record.wasReady()) {
      record = record.readyUnder(plan.fence.epoch());
      place.registry.write(record);
    }
    return record.seen(Instance.State.READY);
  }

  private void keepRun() throws IOException {
    Optional<ProcessIdentity> known = process.known();
    if (known.isPresent()) {
      Run run = new Run(known.get(), Clock.systemUTC().instant(), false);
      record = record.with(run, plan.fence.epoch());
      place.registry.write(record);
    }
  }

  private String lastWords() throws IOException {
    return place.registry.log(id).lastWords(logBegin, plan.file.secrets());
  }

  private Path logAfterwards() {
    return ours ? place.registry.endedLog(id) : place.registry.log(id).file();
  }
}
