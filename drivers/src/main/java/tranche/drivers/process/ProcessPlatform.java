package tranche.drivers.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import tranche.core.fleet.DatabaseId;
import tranche.core.problem.ProblemException;
import tranche.drivers.process.Readiness.NotReady;
import tranche.drivers.process.Readiness.Ready;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.ArmSpec;
import tranche.engine.delivery.Instance;
import tranche.engine.delivery.Platform;
import tranche.engine.journal.Fence;

/// Runs instances as processes of this machine that go on when the control plane dies.
///
/// What is intended is on disk before it is done, so a new platform over the same data folder knows
/// all instances, those too whose start was not finished. An instance beyond the wanted number of
/// its arm (the number was lowered) is left out of the answer of the first [#ensure] that finds it,
/// so that its traffic can be taken away, and ended by the next one.
///
/// A command must stay in the foreground: an instance whose process has ended counts as dead.
///
/// All methods throw [ProcessProblem.DataFolderUnusable] if the data folder cannot be used and
/// [CancellationException], with the interrupt flag set, when they are interrupted; everything is
/// then left to be adopted, as after a crash.
public final class ProcessPlatform implements Platform {
  private static final int LOOK_MILLIS = 1_000;
  private static final int LOOKS_AT_A_TIME = 8;

  private final ProcessSettings settings;
  private final Function<DatabaseId, ApplicationAccess> access;
  private final InstanceStart.Place place;
  private final Registry registry;
  private final FenceFile fences;
  private final Map<Arm, ReentrantLock> arms = new ConcurrentHashMap<>();
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();

  /// A platform over a data folder; whatever runs there belongs to it from now on.
  ///
  /// @param access how applications reach a database
  public ProcessPlatform(ProcessSettings settings, Function<DatabaseId, ApplicationAccess> access) {
    this(settings, access, DetachedProcess::start);
  }

  ProcessPlatform(
      ProcessSettings settings,
      Function<DatabaseId, ApplicationAccess> access,
      DetachedProcess.Launcher launcher) {
    this.settings = settings;
    this.access = access;
    try {
      this.registry = new Registry(settings.data());
    } catch (IOException e) {
      throw unusable(e);
    }
    this.fences = new FenceFile(registry.root());
    this.place =
        new InstanceStart.Place(registry, fences, new PortBook(registry), settings, launcher);
  }

  @Override
  public List<Instance> ensure(ArmSpec spec, Fence fence) {
    return alone(
        spec.arm(),
        () -> {
          fences.admit(fence);
          endSurplus(spec, fence);
          ArtifactCheck.check(spec.release());
          InstanceFile file = new InstanceFile(spec.tenants(), access);
          List<InstanceStart> starts = starts(new InstanceStart.Plan(spec, file, fence));
          try {
            return bringUp(starts);
          } catch (ProblemException | IOException e) {
            stopUnfinished(starts, fence, e);
            throw e;
          }
        });
  }

  private void endSurplus(ArmSpec spec, Fence fence) throws IOException, InterruptedException {
    List<InstanceRecord> announced = new ArrayList<>();
    for (InstanceRecord record : registry.of(spec.arm())) {
      if (record.number() > spec.instances() && !leaving.add(record.id())) {
        announced.add(record);
      } else if (record.number() <= spec.instances()) {
        leaving.remove(record.id());
      }
    }
    stop(announced, fence);
  }

  private List<InstanceStart> starts(InstanceStart.Plan plan) throws IOException {
    List<InstanceStart> starts = new ArrayList<>();
    for (int number = 1; number <= plan.spec().instances(); number++) {
      starts.add(InstanceStart.of(place, plan, number));
    }
    return starts;
  }

  private List<Instance> bringUp(List<InstanceStart> starts)
      throws IOException, InterruptedException {
    List<Callable<Instance>> tasks = new ArrayList<>();
    starts.forEach(start -> tasks.add(start::bringUp));
    return Parallel.all(tasks, settings.parallel());
  }

  private void stopUnfinished(List<InstanceStart> starts, Fence fence, Exception cause)
      throws InterruptedException {
    try {
      stop(
          starts.stream().filter(InstanceStart::isOurs).map(InstanceStart::record).toList(), fence);
    } catch (ProblemException | IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public List<Instance> instances() {
    return guarded(() -> {
      List<Callable<Instance>> looks = new ArrayList<>();
      registry.all().forEach(record -> looks.add(() -> look(record)));
      return Parallel.all(looks, LOOKS_AT_A_TIME);
    });
  }

  private Instance look(InstanceRecord record) throws IOException {
    try {
      registry.log(record.id()).cap();
    } catch (NoSuchFileException _) {
      // It is being stopped at this moment; its log has been put away.
      return record.seen(Instance.State.DEAD);
    }
    if (!registry.process(record).isAlive()) {
      return record.seen(Instance.State.DEAD);
    }
    return switch (Readiness.ask(record, LOOK_MILLIS)) {
      case Ready _ -> record.seen(Instance.State.READY);
      case NotReady _ -> record.seen(Instance.State.STARTING);
    };
  }

  @Override
  public void stop(Arm arm, Fence fence) {
    alone(
        arm,
        () -> {
          stop(registry.of(arm), fence);
          return arm;
        });
  }

  private void stop(List<InstanceRecord> records, Fence fence)
      throws IOException, InterruptedException {
    fences.admit(fence);
    DetachedProcess.stop(records.stream().map(registry::process).toList(), settings.patience());
    for (InstanceRecord record : records) {
      registry.remove(record.id());
      leaving.remove(record.id());
    }
  }

  private <T> T alone(Arm arm, Guarded<T> work) {
    ReentrantLock lock = arms.computeIfAbsent(arm, _ -> new ReentrantLock());
    lock.lock();
    try {
      return guarded(work);
    } finally {
      lock.unlock();
    }
  }

  private <T> T guarded(Guarded<T> work) {
    try {
      return work.run();
    } catch (ClosedByInterruptException | InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(e);
    } catch (IOException e) {
      throw unusable(e);
    } catch (UncheckedIOException e) {
      throw unusable(new IOException(e.getMessage(), e));
    }
  }

  private interface Guarded<T> {
    T run() throws IOException, InterruptedException;
  }

  private static CancellationException cancelled(Throwable cause) {
    CancellationException cancelled = new CancellationException("interrupted");
    cancelled.initCause(cause);
    return cancelled;
  }

  private ProblemException unusable(IOException e) {
    return new ProblemException(
        new ProcessProblem.DataFolderUnusable(
            settings.data(), e.getClass().getSimpleName() + ": " + e.getMessage()),
        e);
  }
}
