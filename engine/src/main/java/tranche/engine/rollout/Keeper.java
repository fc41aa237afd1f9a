package tranche.engine.rollout;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import tranche.core.fleet.CellId;
import tranche.core.problem.ProblemException;
import tranche.core.release.Release;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.ArmSpec;
import tranche.engine.delivery.Instance;
import tranche.engine.journal.Fence;

/// Keeps what shall run running, and removes what nobody wants: instances that died are started
/// again, instances that belong to no wanted arm are stopped.
///
/// Works on one arm at a time and never on one that a step is working on. An arm that cannot be
/// kept is left alone for a while, so that a broken one does not take the others' turn.
final class Keeper {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int ROUNDS_TO_SKIP = 10;

  private final World world;
  private final Fleets fleets;
  private final ReleaseLookup releases;
  private final ArmLocks locks;
  private final Fence fence;
  private final Map<Arm, Integer> skip = new HashMap<>();
  private final Thread thread;
  private volatile boolean stopping;

  Keeper(World world, Fleets fleets, ReleaseLookup releases, ArmLocks locks, Fence fence) {
    this.world = world;
    this.fleets = fleets;
    this.releases = releases;
    this.locks = locks;
    this.fence = fence;
    this.thread = Thread.ofPlatform().name("keeper").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping = true;
    thread.interrupt();
  }

  private void run() {
    while (!stopping) {
      try {
        round();
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (CancellationException e) {
        // Drivers end so when their thread is interrupted, which is how this one is stopped.
        Thread.currentThread().interrupt();
        return;
      } catch (ProblemException e) {
        LOG.log(WARNING, "the arms cannot be looked at: " + e.getMessage());
        pauseAfterTrouble();
      }
    }
  }

  private void pauseAfterTrouble() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  private void round() {
    Map<Arm, List<Instance>> seen =
        world.platform().instances().stream()
            .collect(Collectors.groupingBy(Instance::arm, TreeMap::new, Collectors.toList()));
    Map<Arm, Integer> wanted = world.arms().all();
    Set<Arm> all = new TreeSet<>(seen.keySet());
    all.addAll(wanted.keySet());
    for (Arm arm : all) {
      if (stopping) {
        return;
      }
      boolean needsWork =
          !wanted.containsKey(arm)
              || isIncomplete(seen.getOrDefault(arm, List.of()), wanted.get(arm));
      if (needsWork && mayTry(arm)) {
        tend(arm);
      }
    }
  }

  private static boolean isIncomplete(List<Instance> seen, int wanted) {
    return seen.size() != wanted || seen.stream().anyMatch(i -> i.state() == Instance.State.DEAD);
  }

  private boolean mayTry(Arm arm) {
    int rounds = skip.getOrDefault(arm, 0);
    if (rounds > 0) {
      skip.put(arm, rounds - 1);
    }
    return rounds == 0;
  }

  private void tend(Arm arm) {
    ReentrantLock lock = locks.of(arm);
    if (!lock.tryLock()) {
      return;
    }
    try {
      // Asked again under the lock: a step may have changed the wish since the round began.
      Integer wanted = world.arms().all().get(arm);
      if (wanted == null) {
        remove(arm);
      } else {
        complete(arm, wanted);
      }
    } catch (ProblemException e) {
      skip.put(arm, ROUNDS_TO_SKIP);
      LOG.log(WARNING, arm + " cannot be kept: " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private void complete(Arm arm, int wanted) {
    LOG.log(INFO, "completing " + arm);
    Release release = releases.require(arm.release());
    ArmSpec spec = new ArmSpec(arm, release, wanted, tenants(arm.cell()));
    List<Instance> instances = world.platform().ensure(spec, fence);
    world.router().putArm(arm, release.artifact().readyPath(), instances, fence);
  }

  private List<tranche.core.fleet.Tenant> tenants(CellId cell) {
    return fleets.current().tenantsIn(cell);
  }

  private void remove(Arm arm) {
    // A step may have removed it while this round was looking.
    boolean isThere = world.platform().instances().stream().anyMatch(i -> i.arm().equals(arm));
    if (!isThere && !world.router().arms().containsKey(arm)) {
      return;
    }
    LOG.log(INFO, "removing " + arm + ", which nobody wants");
    if (world.router().arms().containsKey(arm)) {
      world.router().removeArm(arm, List.of(), fence);
    }
    world.platform().stop(arm, fence);
  }
}
