package tranche.engine.rollout;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import tranche.core.rollout.Event;
import tranche.core.rollout.HoldReason;
import tranche.core.rollout.Plan;
import tranche.core.rollout.RolloutId;
import tranche.core.rollout.RolloutState;
import tranche.engine.journal.Fence;
import tranche.engine.rollout.RolloutStore.RolloutRecord;

/// Holds the lease, goes on with every rollout that has not ended, and keeps the arms alive.
///
/// The lease is renewed at a third of its time. If it cannot be renewed before it runs out the
/// engine stops acting by itself (it may be cut off), and if somebody else took it, at once; then
/// it waits for its turn again.
public final class Engine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  private final Archive archive;
  private final World world;
  private final Fleets fleets;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final ArmLocks locks = new ArmLocks();
  private final Map<RolloutId, RolloutLoop> loops = new ConcurrentHashMap<>();
  private final ExecutorService workers;
  private final Thread watch;
  private volatile Optional<Tenure> tenure = Optional.empty();
  private volatile boolean closing;

  /// The time in charge under one fencing number.
  private record Tenure(Fence fence, Keeper keeper, Instant until) {}

  /// An engine over these ports. It does nothing before [#start()].
  public Engine(
      Archive archive, World world, Fleets fleets, EngineSettings settings, InstantSource clock) {
    this.archive = archive;
    this.world = world;
    this.fleets = fleets;
    this.settings = settings;
    this.clock = clock;
    this.workers =
        Executors.newFixedThreadPool(
            settings.parallel(), Thread.ofPlatform().name("step-", 1).daemon().factory());
    this.watch = Thread.ofPlatform().name("lease").daemon().unstarted(this::watchLease);
  }

  /// Begins to compete for the lease.
  public void start() {
    watch.start();
  }

  private void watchLease() {
    Duration pause = settings.lease().dividedBy(3);
    while (!closing) {
      try {
        holdLease();
        TimeUnit.MILLISECONDS.sleep(
            tenure.isPresent() ? pause.toMillis() : Math.min(250, pause.toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.log(WARNING, "the lease cannot be read or renewed: " + e.getMessage(), e);
        stepDownIfOver();
        nap();
      }
    }
  }

  private void nap() {
    try {
      TimeUnit.MILLISECONDS.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  private void holdLease() {
    Optional<Tenure> now = tenure;
    if (now.isEmpty()) {
      archive.leases().acquire(settings.holder(), settings.lease()).ifPresent(this::takeCharge);
      return;
    }
    Instant asked = clock.instant();
    boolean lostByStep = loops.values().stream().anyMatch(l -> l.takenOver().isPresent());
    if (lostByStep || !archive.leases().renew(now.get().fence(), settings.lease())) {
      stepDown("another control plane took over");
    } else {
      tenure =
          Optional.of(
              new Tenure(now.get().fence(), now.get().keeper(), asked.plus(settings.lease())));
    }
  }

  private void takeCharge(Fence fence) {
    LOG.log(INFO, "in charge with fencing number " + fence.epoch());
    Keeper keeper = new Keeper(world, fleets, ReleaseLookup.in(archive.releases()), locks, fence);
    tenure = Optional.of(new Tenure(fence, keeper, clock.instant().plus(settings.lease())));
    archive.rollouts().unfinished().forEach(this::goOn);
    keeper.start();
  }

  private void stepDownIfOver() {
    if (tenure.filter(t -> !clock.instant().isBefore(t.until())).isPresent()) {
      stepDown("the lease ran out before it could be renewed");
    }
  }

  private void stepDown(String why) {
    LOG.log(WARNING, "no longer in charge: " + why);
    tenure.ifPresent(t -> t.keeper().stop());
    tenure = Optional.empty();
    loops.values().forEach(RolloutLoop::stop);
    loops.clear();
  }

  /// Carries a rollout out from where its journal ends.
  public void goOn(RolloutRecord rollout) {
    Fence fence = requireFence();
    Plan plan =
        archive
            .rollouts()
            .plan(rollout.planHash())
            .orElseThrow(() -> new ServiceProblem.UnknownPlan(rollout.planHash()).exception());
    Recorder recorder =
        Recorder.open(archive.journal(), rollout.id(), fence, new RolloutState(plan));
    ReleaseLookup releases = ReleaseLookup.in(archive.releases());
    Order order =
        new Order(
            rollout.id(), fence, releases.require(plan.to()), fleets.current(), settings.suites());
    StepPerformer performer = new StepPerformer(world, order, locks, releases, clock);
    RolloutLoop loop = new RolloutLoop(recorder, performer, workers, settings.faults(), clock);
    loops.put(rollout.id(), loop);
    Thread.ofPlatform()
        .name("rollout-" + rollout.id())
        .daemon()
        .start(() -> {
          loop.run();
          loops.remove(rollout.id(), loop);
        });
  }

  /// The fencing number under which this engine acts now.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.NotInCharge] if it may not act
  public Fence requireFence() {
    return tenure
        .map(Tenure::fence)
        .orElseThrow(
            () -> new ServiceProblem.NotInCharge("it is waiting for the lease").exception());
  }

  /// Whether this engine holds the lease.
  public boolean isInCharge() {
    return tenure.isPresent();
  }

  /// Looks at a rollout, running or ended, with what it waits for.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.UnknownRollout]
  public <T> T view(RolloutId id, BiFunction<RolloutState, Optional<HoldReason>, T> view) {
    RolloutLoop loop = loops.get(id);
    if (loop != null) {
      return Answers.await(loop.view(state -> view.apply(state, loop.hold())));
    }
    return view.apply(read(id), Optional.empty());
  }

  private RolloutState read(RolloutId id) {
    RolloutRecord rollout =
        archive
            .rollouts()
            .rollout(id)
            .orElseThrow(() -> new ServiceProblem.UnknownRollout(id.value()).exception());
    Plan plan =
        archive
            .rollouts()
            .plan(rollout.planHash())
            .orElseThrow(() -> new ServiceProblem.UnknownPlan(rollout.planHash()).exception());
    return Recorder.fold(archive.journal(), id, new RolloutState(plan));
  }

  /// Records what a person asks for: `request` looks at the state and gives the events, or throws a
  /// problem. Returns when they are durable.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.NotNow] if the rollout has ended
  public void ask(RolloutId id, Function<RolloutState, List<Event>> request) {
    requireFence();
    RolloutLoop loop = loops.get(id);
    if (loop == null) {
      RolloutState state = read(id);
      // The request may know a nearer reason to refuse, such as the point of no return.
      List<Event> unrecorded = request.apply(state);
      String ending = state.ending().map(e -> "it has ended: " + e.word()).orElse("it starts");
      LOG.log(DEBUG, "{0} not recorded for {1}: {2}", unrecorded, id, ending);
      throw new ServiceProblem.NotNow(id.value(), "be changed", ending).exception();
    }
    Answers.await(loop.ask(request));
  }

  /// Stops acting, gives the lease back and leaves everything that runs running.
  @Override
  public void close() {
    closing = true;
    watch.interrupt();
    Optional<Tenure> last = tenure;
    stepDown("closing");
    workers.shutdown();
    try {
      if (!workers.awaitTermination(settings.lease().toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      workers.shutdownNow();
    }
    last.ifPresent(t -> archive.leases().release(t.fence()));
  }
}
