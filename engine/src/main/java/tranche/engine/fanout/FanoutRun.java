package tranche.engine.fanout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import tranche.core.fanout.Pace;
import tranche.core.fanout.SetOrder;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.Targets.Target;

/// One run: reads all stores, decides what each needs, and changes them, stage by stage, on all
/// servers side by side.
///
/// A run keeps no state of its own anywhere. What was done is in the histories of the stores, so
/// resuming is running again: stores that are done have nothing to do, a script that stopped
/// halfway goes on, and the rest begins.
///
/// The thread that calls [#run()] reports progress and waits; stores are changed by threads of
/// their own, as many per server as its limit says, each with one connection.
public final class FanoutRun {
  private final FanoutRequest request;
  private final StoreAccess access;
  private final InstantSource clock;
  private final RunParts parts;
  private final SetOrder order;
  private final Set<StoreId> seen = new HashSet<>();
  private final PlanShapes shapes = new PlanShapes();
  private final Map<String, ServerLeases> servers = new LinkedHashMap<>();
  private volatile List<Lane> lanes = List.of();
  private volatile Optional<Instant> stoppedAt = Optional.empty();
  private volatile boolean isHurried;
  private Pace pace;
  private Duration changing = Duration.ZERO;
  private boolean hasBegun;

  /// A run that has not begun.
  ///
  /// @throws ProblemException if the request contradicts itself: sets that wait for each other, a
  ///   version that the folder does not have
  public FanoutRun(
      FanoutRequest request, StoreAccess access, FanoutListener listener, InstantSource clock) {
    this.request = request;
    this.access = access;
    this.clock = clock;
    this.order = SetOrder.of(SetJob.sets(request.sets()));
    Tally tally = new Tally(request.settings().onError());
    StoreReader reader = new StoreReader(request, access);
    this.parts =
        new RunParts(
            request,
            access,
            clock,
            tally,
            reader,
            new TaskBook(request, new Exposures(reader.past(), access)),
            new SetProgress(SetJob.sets(request.sets())),
            new Reports(tally, listener));
    this.pace = Pace.from(clock.instant());
  }

  /// What the run would do. Only reads.
  ///
  /// @throws ProblemException if the stores cannot be determined, or a migration is not understood
  ///   or not safe
  public FanoutPlan plan() throws InterruptedException {
    Targets targets = request.targets().current();
    targets.leftOut().forEach(parts.tally()::leftOut);
    List<Work> works = read(targets.targets(), 0);
    List<StoreTask> _ = tasks(works);
    return shapes.plan(order, parts.tally().skipped());
  }

  /// Runs to the end. May be called once.
  ///
  /// @throws ProblemException if nothing can begin: see [#plan()]; or a server has no room, or the
  ///   hook before the run refuses
  public FanoutSummary run() {
    Instant start = clock.instant();
    try {
      rounds();
    } catch (InterruptedException e) {
      // Everything has ended by now; the caller still has to know.
      Thread.currentThread().interrupt();
    } finally {
      servers.values().forEach(ServerLeases::close);
      access.disconnect();
    }
    parts
        .tally()
        .defect()
        .ifPresent(bug -> {
          throw bug;
        });
    return summary(start);
  }

  /// No further store begins. Those that are being changed may finish for a time, then they are
  /// cancelled; asked a second time, at once. Returns immediately; may be called from any thread.
  public void stop() {
    if (stoppedAt.isPresent()) {
      isHurried = true;
    } else {
      stoppedAt = Optional.of(clock.instant());
    }
    parts.tally().stop();
    lanes.forEach(Lane::wake);
  }

  private void rounds() throws InterruptedException {
    Targets targets = request.targets().current();
    targets.leftOut().forEach(parts.tally()::leftOut);
    boolean moved = round(targets.targets(), 0);
    for (int late = 1; moved && late <= request.settings().lateRounds(); late++) {
      List<Target> joined = joined();
      if (joined.isEmpty() || parts.tally().isEnding()) {
        break;
      }
      moved = round(joined, joined.size());
    }
    if (hasBegun) {
      afterRun();
    }
  }

  private List<Target> joined() {
    if (parts.tally().isEnding()) {
      return List.of();
    }
    try {
      return request.targets().current().targets().stream()
          .filter(t -> !seen.contains(t.store()))
          .toList();
    } catch (ProblemException e) {
      parts.tally().remark(e.problem());
      return List.of();
    }
  }

  /// @return whether anything had to be changed
  private boolean round(List<Target> targets, int late) throws InterruptedException {
    List<Work> works = read(targets, late);
    List<StoreTask> tasks = tasks(works);
    parts.reports().planned(shapes.plan(order, parts.tally().skipped()));
    report();
    if (works.isEmpty() || parts.tally().isEnding()) {
      return false;
    }
    parts.tasks().round(targets);
    reserve(works, tasks);
    beforeRun();
    Instant began = clock.instant();
    pace = pace.afresh(began);
    for (Set<String> stage : order.stages()) {
      stage(works.stream().filter(w -> stage.contains(w.target().set())).toList());
    }
    changing = changing.plus(Duration.between(began, clock.instant()));
    return true;
  }

  private List<Work> read(List<Target> targets, int late) throws InterruptedException {
    List<Target> distinct = targets.stream().filter(t -> seen.add(t.store())).toList();
    Set<String> observed = observed();
    parts
        .tally()
        .expect((int) distinct.stream().filter(t -> !observed.contains(t.set())).count(), late);
    ConcurrentLinkedQueue<Work> works = new ConcurrentLinkedQueue<>();
    if (!distinct.isEmpty()) {
      parts
          .reader()
          .read(
              distinct,
              (target, need) -> {
                if (observed.contains(target.set())) {
                  observe(target, need);
                } else {
                  shapes.add(target, need);
                  sort(target, need, works);
                }
              });
    }
    return List.copyOf(works);
  }

  private Set<String> observed() {
    Set<String> names = new HashSet<>();
    request.sets().stream()
        .filter(s -> s.job() instanceof Job.Observe)
        .forEach(s -> names.add(s.name()));
    return names;
  }

  private void observe(Target target, StoreNeed need) {
    switch (need) {
      case StoreNeed.UpToDate(var version, _) ->
          parts.progress().stands(target.set(), target.store(), version);
      case StoreNeed.NotThere _ -> {}
      case StoreNeed.Unreadable _,
          StoreNeed.Refused _,
          StoreNeed.Migrations _,
          StoreNeed.Undoing _ ->
          parts.progress().failed(target.set(), target.store(), Versions.after(need, List.of()));
    }
  }

  private void sort(Target target, StoreNeed need, ConcurrentLinkedQueue<Work> works) {
    switch (need) {
      case StoreNeed.Migrations _, StoreNeed.Undoing _ -> works.add(Work.first(target, need));
      case StoreNeed.UpToDate(var version, boolean isBeyond) -> {
        parts.progress().stands(target.set(), target.store(), version);
        parts.reports().ended(target, new StoreEnd.UpToDate(version, isBeyond));
      }
      case StoreNeed.NotThere _ -> parts.reports().ended(target, new StoreEnd.NotThere(false));
      case StoreNeed.Refused(var problem) -> refuse(target, need, problem);
      case StoreNeed.Unreadable(var problem) -> refuse(target, need, problem);
    }
  }

  private void refuse(Target target, StoreNeed need, Problem problem) {
    parts.progress().failed(target.set(), target.store(), Versions.after(need, List.of()));
    parts.reports().ended(target, new StoreEnd.Failed(List.of(), Optional.empty(), problem));
  }

  private List<StoreTask> tasks(List<Work> works) {
    parts.tasks().admit(works);
    return works.stream()
        .map(w -> parts.tasks().task(w.target().set(), w.need()))
        .distinct()
        .toList();
  }

  private void reserve(List<Work> works, List<StoreTask> tasks) {
    int asked =
        Math.min(request.settings().parallel().cap(), request.settings().serverConnections() - 1);
    for (Work work : works) {
      String server = server(work);
      if (!servers.containsKey(server)) {
        ServerRoom room = access.room(work.store().database());
        Room.problem(server, room, tasks)
            .ifPresent(problem -> {
              throw problem.exception();
            });
        int cap = Math.min(asked, Room.cap(room, tasks));
        servers.put(server, new ServerLeases(new Lane.Room(cap, room.replicaLag()), parts));
      }
    }
  }

  private String server(Work work) {
    return request.servers().apply(work.store().database());
  }

  private void stage(List<Work> works) throws InterruptedException {
    Map<String, List<Work>> byServer = new LinkedHashMap<>();
    for (Work work : works) {
      Optional<Blocker> blocker = parts.progress().blocker(work.target().set(), work.need());
      if (blocker.isPresent()) {
        block(work, blocker.get());
      } else {
        byServer.computeIfAbsent(server(work), _ -> new ArrayList<>()).add(work);
      }
    }
    List<Lane> started = new ArrayList<>();
    servers.forEach((server, leases) -> {
      List<Work> here = byServer.getOrDefault(server, List.of());
      if (!here.isEmpty()) {
        started.add(new Lane(server, here, leases, parts));
      }
    });
    lanes = List.copyOf(started);
    lanes.forEach(Lane::start);
    awaitLanes();
    lanes = List.of();
  }

  private void block(Work work, Blocker blocker) {
    Target target = work.target();
    parts.progress().failed(target.set(), target.store(), Versions.after(work.need(), List.of()));
    parts.reports().ended(target, new StoreEnd.Blocked(blocker));
  }

  private void awaitLanes() throws InterruptedException {
    boolean interrupted = false;
    for (Lane lane : lanes) {
      while (true) {
        try {
          if (lane.awaitEnd(request.settings().pulse())) {
            break;
          }
        } catch (InterruptedException e) {
          interrupted = true;
          stop();
        }
        report();
        cancelIfDue();
      }
    }
    report();
    if (interrupted) {
      throw new InterruptedException("the run was interrupted");
    }
  }

  private void cancelIfDue() {
    boolean isDue =
        stoppedAt
            .filter(
                at -> isHurried || !clock.instant().isBefore(at.plus(request.settings().grace())))
            .isPresent();
    if (isDue) {
      lanes.forEach(Lane::cancel);
    }
  }

  private void report() {
    Tally tally = parts.tally();
    Counts counts = tally.counts();
    int moving = tally.moving();
    int changed = counts.done() + counts.failed() + counts.interrupted();
    Instant now = clock.instant();
    pace = pace.with(now, changed);
    int waiting = Math.max(0, counts.notBegun() - moving);
    parts
        .reports()
        .progress(
            new Snapshot(
                Duration.between(pace.start(), now),
                counts,
                moving,
                waiting,
                lanes.stream().map(Lane::progress).toList(),
                pace.rate(),
                pace.eta(counts.notBegun()),
                tally.isEnding()));
  }

  private void beforeRun() {
    if (hasBegun) {
      return;
    }
    hasBegun = true;
    hook(Hooks.Event.BEFORE_RUN, Map.of("stores", Integer.toString(parts.tally().counts().total())))
        .ifPresent(problem -> {
          throw problem.exception();
        });
  }

  private void afterRun() {
    Counts counts = parts.tally().counts();
    hook(
            Hooks.Event.AFTER_RUN,
            Map.of(
                "done", Integer.toString(counts.done()),
                "failed", Integer.toString(counts.failed()),
                "ending", parts.tally().ending().name().toLowerCase(Locale.ROOT)))
        .ifPresent(parts.tally()::remark);
  }

  private Optional<Problem> hook(Hooks.Event event, Map<String, String> details) {
    if (!request.hooks().wants(event)) {
      return Optional.empty();
    }
    Hooks.Context context = new Hooks.Context(event, request.run(), Optional.empty(), details);
    return switch (request.hooks().call(context)) {
      case Hooks.Result.Proceed _ -> Optional.empty();
      case Hooks.Result.Fail(var problem) -> Optional.of(problem);
    };
  }

  private FanoutSummary summary(Instant start) {
    Tally tally = parts.tally();
    Counts counts = tally.counts();
    double seconds = changing.toNanos() / 1e9;
    return new FanoutSummary(
        request.run(),
        tally.ending(),
        counts,
        tally.failures(),
        tally.skipped(),
        tally.remarks(),
        Duration.between(start, clock.instant()),
        seconds > 0 ? counts.done() / seconds : 0);
  }
}
