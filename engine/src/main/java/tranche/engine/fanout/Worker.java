package tranche.engine.fanout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreOutcome.Timing;
import tranche.core.fanout.StoreTask;
import tranche.core.migration.MigrationKey;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.FanoutSettings.Retries;
import tranche.engine.fanout.Lane.Taken;

/// Changes stores of one server, one after the other, over one connection at a time. The connection
/// is closed before another one is opened, and replaced after a number of stores, because a server
/// process keeps every relation that it has touched in memory.
final class Worker implements Runnable {
  private static final Timing NO_TIME = new Timing(Duration.ZERO, Duration.ZERO, 0);

  private final Lane lane;
  private final ServerLeases leases;
  private final RunParts run;
  private final Retries retries;
  private volatile @Nullable StoreConnection connection;
  private volatile boolean isCancelled;
  private @Nullable StoreQueue connectedTo;
  private int used;

  // What the last connect or lease was refused with; looked at and forgotten by isSentHome.
  private Optional<Problem> refusal = Optional.empty();

  Worker(Lane lane, ServerLeases leases, RunParts run) {
    this.lane = lane;
    this.leases = leases;
    this.run = run;
    this.retries = run.request().settings().retries();
  }

  @Override
  public void run() {
    boolean isAtHome = false;
    try {
      isAtHome = work();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.tally().stop();
    } catch (RuntimeException bug) {
      run.tally().stop(bug);
    } finally {
      if (!isAtHome) {
        run.tally().stop();
      }
      disconnect();
      lane.left(this);
    }
  }

  private boolean work() throws InterruptedException {
    Optional<Taken> next = lane.take(this, connectedTo);
    while (next.isPresent()) {
      if (!isConnected(next.get()) || !mayStillWrite(next.get())) {
        if (isSentHome(next.get())) {
          return true;
        }
      } else {
        change(next.get());
      }
      next = lane.take(this, connectedTo);
    }
    return true;
  }

  private boolean isConnected(Taken taken) throws InterruptedException {
    StoreConnection held = connection;
    boolean isWorn = used >= run.request().settings().limits().recycleAfter();
    if (held != null && taken.queue().equals(connectedTo) && !isWorn && held.isUsable()) {
      return true;
    }
    disconnect();
    leases.takeSlot();
    try {
      leases.ensure(taken.queue().database());
      connection =
          run.access().connect(taken.queue().database(), run.tasks().context(taken.queue().set()));
      connectedTo = taken.queue();
      used = 0;
      lane.connected(taken.queue(), 1);
      return true;
    } catch (ProblemException e) {
      refusal = Optional.of(e.problem());
      return false;
    } finally {
      if (connection == null) {
        leases.giveSlot();
      }
    }
  }

  private boolean mayStillWrite(Taken taken) {
    try {
      leases.check(taken.queue().database());
      return true;
    } catch (ProblemException e) {
      refusal = Optional.of(e.problem());
      return false;
    }
  }

  /// Decides what a refused connection or lease means for the store, its database and this worker.
  private boolean isSentHome(Taken taken) throws InterruptedException {
    Problem problem = refusal.orElseThrow();
    refusal = Optional.empty();
    lane.putBack(taken.queue(), taken.work());
    boolean mayPass =
        problem instanceof StoreProblem.NoConnectionFree
            || problem instanceof StoreProblem.ConnectionLost;
    int times = lane.refused(taken.queue());
    if (!mayPass || times > retries.connects()) {
      lane.fail(taken.queue().database(), problem);
      return false;
    }
    if (problem instanceof StoreProblem.NoConnectionFree && lane.isShortFor(this)) {
      return true;
    }
    lane.pause(retries.pause(times));
    return false;
  }

  private void change(Taken taken) throws InterruptedException {
    StoreConnection held = connection;
    if (held == null) {
      throw new IllegalStateException("no connection");
    }
    Optional<Problem> veto = hook(Hooks.Event.BEFORE_STORE, taken, Map.of());
    if (veto.isPresent()) {
      failed(taken, new StoreOutcome.Failed(List.of(), Optional.empty(), veto.get(), NO_TIME));
      return;
    }
    StoreTask task;
    try {
      task = run.tasks().task(taken.work().target().set(), taken.work().need());
    } catch (ProblemException e) {
      failed(taken, new StoreOutcome.Failed(List.of(), Optional.empty(), e.problem(), NO_TIME));
      return;
    }
    used++;
    switch (held.perform(taken.work().store(), task)) {
      case StoreOutcome.Done done -> done(taken, done);
      case StoreOutcome.Moved(var ran) -> moved(taken, ran);
      case StoreOutcome.Failed failed -> failedOrAgain(taken, failed, held);
    }
  }

  private void done(Taken taken, StoreOutcome.Done done) {
    List<MigrationKey> ran = taken.work().ranWith(done.ran());
    hook(Hooks.Event.AFTER_STORE, taken, Map.of("migrations", Integer.toString(ran.size())))
        .ifPresent(run.tally()::remark);
    lane.ended(taken, new StoreEnd.Done(ran, done.timing()), Optional.of(done.timing()));
  }

  private void failedOrAgain(Taken taken, StoreOutcome.Failed failed, StoreConnection held)
      throws InterruptedException {
    Work work = taken.work();
    if (isCancelled) {
      lane.ended(taken, new StoreEnd.Interrupted(failed.problem()), Optional.empty());
      return;
    }
    if (failed.problem() instanceof StoreProblem.StoreBusy
        && work.tries().busy() < retries.busy()) {
      int times = work.tries().busy() + 1;
      lane.putBack(
          taken.queue(), work.busy(failed.ran(), run.clock().instant().plus(retries.pause(times))));
      return;
    }
    boolean isBroken =
        failed.problem() instanceof StoreProblem.ConnectionLost
            || failed.problem() instanceof StoreProblem.NoConnectionFree
            || !held.isUsable();
    if (isBroken && work.tries().broken() < retries.broken()) {
      lane.putBack(taken.queue(), work.broken(failed.ran()));
      disconnect();
      lane.pause(retries.pause(work.tries().broken() + 1));
      return;
    }
    failed(taken, failed);
  }

  private void failed(Taken taken, StoreOutcome.Failed failed) {
    Work work = taken.work();
    Map<String, String> details = new TreeMap<>();
    details.put("problem", failed.problem().code());
    details.put("what", failed.problem().what());
    failed.at().ifPresent(key -> details.put("migration", key.text()));
    hook(Hooks.Event.ON_ERROR, taken, details).ifPresent(run.tally()::remark);
    List<MigrationKey> ran = work.ranWith(failed.ran());
    lane.ended(
        taken,
        new StoreEnd.Failed(ran, failed.at(), failed.problem()),
        failed.timing().equals(NO_TIME) ? Optional.empty() : Optional.of(failed.timing()));
  }

  /// The history is another one than was decided on: decide anew on what it is now.
  private void moved(Taken taken, List<MigrationKey> ran) {
    Work work = taken.work();
    switch (leases.again(work.target())) {
      case StoreNeed.UpToDate _ ->
          lane.ended(taken, new StoreEnd.Done(work.ranWith(ran), NO_TIME), Optional.empty());
      case StoreNeed.NotThere _ -> lane.ended(taken, new StoreEnd.NotThere(true), Optional.empty());
      case StoreNeed.Refused(var problem) -> failed(taken, failure(ran, problem));
      case StoreNeed.Unreadable(var problem) -> failed(taken, failure(ran, problem));
      case StoreNeed need when work.tries().moves() >= retries.moves() ->
          failed(
              taken,
              failure(
                  ran, new FanoutProblem.StoreKeepsMoving(work.store(), work.tries().moves() + 1)));
      case StoreNeed.Migrations need -> movedTo(taken, need, ran);
      case StoreNeed.Undoing need -> movedTo(taken, need, ran);
    }
  }

  private void movedTo(Taken taken, StoreNeed need, List<MigrationKey> ran) {
    Optional<Blocker> blocker = run.progress().blocker(taken.work().target().set(), need);
    if (blocker.isPresent()) {
      lane.ended(taken, new StoreEnd.Blocked(blocker.get()), Optional.empty());
    } else {
      lane.putBack(taken.queue(), taken.work().moved(ran, need));
    }
  }

  private static StoreOutcome.Failed failure(List<MigrationKey> ran, Problem problem) {
    return new StoreOutcome.Failed(ran, Optional.empty(), problem, NO_TIME);
  }

  private Optional<Problem> hook(Hooks.Event event, Taken taken, Map<String, String> details) {
    Hooks hooks = run.request().hooks();
    if (!hooks.wants(event)) {
      return Optional.empty();
    }
    Map<String, String> all = new TreeMap<>(details);
    taken.work().target().tenant().ifPresent(tenant -> all.put("tenant", tenant));
    Hooks.Context context =
        new Hooks.Context(event, run.request().run(), Optional.of(taken.work().store()), all);
    return switch (hooks.call(context)) {
      case Hooks.Result.Proceed _ -> Optional.empty();
      case Hooks.Result.Fail(var problem) -> Optional.of(problem);
    };
  }

  private void disconnect() {
    StoreConnection held = connection;
    StoreQueue queue = connectedTo;
    if (held == null || queue == null) {
      return;
    }
    connection = null;
    connectedTo = null;
    held.close();
    lane.connected(queue, -1);
    leases.giveSlot();
  }

  /// Asks the server to end what this worker waits for. Called from another thread.
  void cancel() {
    isCancelled = true;
    StoreConnection held = connection;
    if (held != null) {
      held.cancel();
    }
  }
}
