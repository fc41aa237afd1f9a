package tranche.engine.fanout;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tranche.core.fanout.ParallelBounds;
import tranche.core.fanout.ParallelBounds.Mode;
import tranche.core.fanout.ParallelLimit;
import tranche.core.fanout.ServerWindow;
import tranche.core.fanout.StoreOutcome.Timing;
import tranche.core.fleet.DatabaseId;
import tranche.core.problem.Problem;
import tranche.engine.fanout.Snapshot.ServerProgress;

/// The stores of one server that have to be changed, and how many are at once.
///
/// Workers take stores from here. A worker stays with a database until nothing waits there, because
/// changing the database means a new connection. There are as many workers as the limit says: when
/// it grows a worker is added, when it shrinks the next one that asks for a store is sent home. The
/// last worker is never sent home while something waits, so the lane always ends.
final class Lane {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final String server;
  private final RunParts run;
  private final ServerLeases leases;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LaneQueues queues;
  private final Set<Worker> workers = new LinkedHashSet<>();
  private final Set<Worker> present = new LinkedHashSet<>();
  private final ParallelBounds bounds;
  private final LaneWindow window;
  private ParallelLimit limit;
  private Room room;
  private int moving;
  private int ended;
  private int failed;
  private int named;
  private double rate;

  /// What the server has room for.
  ///
  /// @param cap stores at once
  record Room(int cap, Optional<Duration> lag) {}

  /// A store that a worker has to change now.
  record Taken(StoreQueue queue, Work work) {}

  Lane(String server, List<Work> works, ServerLeases leases, RunParts run) {
    this.server = server;
    this.run = run;
    this.queues = new LaneQueues(works);
    int cap = leases.cap();
    ParallelBounds asked = run.request().settings().parallel();
    Mode mode = asked.mode();
    this.bounds =
        new ParallelBounds(
            Math.min(asked.start(), cap), Math.min(asked.cap(), cap), asked.replicaLag(), mode);
    this.limit = ParallelLimit.within(bounds);
    this.room = leases.room();
    this.window = new LaneWindow(run.clock().instant());
    this.leases = leases;
  }

  void start() {
    lock.lock();
    try {
      addWorkers();
    } finally {
      lock.unlock();
    }
    leases.serve(this);
  }

  private void addWorkers() {
    while (workers.size() < Math.min(limit.limit(), queues.queued())) {
      Worker worker = new Worker(this, leases, run);
      workers.add(worker);
      present.add(worker);
      named++;
      // Not virtual: the server's answer wakes this thread without a detour, a tenth of the time of
      // a small migration, and there are never more than connections.
      Thread.ofPlatform().daemon().name("store-" + server + "-" + named).start(worker);
    }
  }

  /// The next store for a worker; empty if the worker is to go home, in which case it no longer
  /// counts.
  ///
  /// @param current the queue whose database it is connected to
  Optional<Taken> take(Worker worker, @Nullable StoreQueue current) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (run.tally().isEnding() || workers.size() > limit.limit() || queues.queued() == 0) {
          return goHome(worker);
        }
        Optional<StoreQueue> queue = queues.choose(current, run.clock().instant());
        if (queue.isPresent()) {
          return run.tally().begin() ? Optional.of(taken(queue.get())) : goHome(worker);
        }
        long pause = queues.untilNext(run.clock().instant(), LONGEST_WAIT).toNanos();
        long _ = changed.awaitNanos(Math.max(1_000_000, pause));
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<Taken> goHome(Worker worker) {
    workers.remove(worker);
    changed.signalAll();
    return Optional.empty();
  }

  private Taken taken(StoreQueue queue) {
    moving++;
    queue.moving(1);
    return new Taken(queue, queues.poll(queue));
  }

  /// A store that was taken is to be tried again: at once, or at the end of the queue if it has to
  /// wait.
  void putBack(StoreQueue queue, Work work) {
    lock.lock();
    try {
      queues.putBack(queue, work, run.clock().instant());
      moving--;
      queue.moving(-1);
      run.tally().putBack();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// A store that was taken has ended.
  ///
  /// @param timing absent if nothing was done to it that says something about the server
  void ended(Taken taken, StoreEnd end, Optional<Timing> timing) {
    stood(taken.work(), end);
    lock.lock();
    try {
      moving--;
      taken.queue().moving(-1);
      ended++;
      failed += end instanceof StoreEnd.Failed ? 1 : 0;
      timing.ifPresent(window::add);
      if (window.isEnough(run.clock().instant(), limit.limit())) {
        learn(false);
      }
      addWorkers();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    run.reports().endedMoving(taken.work().target(), end);
  }

  /// Tells those who wait for the store's set where the store stands.
  private void stood(Work work, StoreEnd end) {
    String set = work.target().set();
    switch (end) {
      case StoreEnd.Done(var ran, _) ->
          run.progress().stands(set, work.store(), Versions.reached(work.need(), ran));
      case StoreEnd.UpToDate(var version, _) -> run.progress().stands(set, work.store(), version);
      case StoreEnd.Failed(var ran, _, _) ->
          run.progress().failed(set, work.store(), Versions.after(work.need(), ran));
      case StoreEnd.Interrupted _, StoreEnd.Blocked _ ->
          run.progress().failed(set, work.store(), Versions.after(work.need(), work.ran()));
      case StoreEnd.NotThere _ -> {}
    }
  }

  private void learn(boolean isShort) {
    ServerWindow seen =
        window.close(
            run.clock().instant(),
            new LaneWindow.Surroundings(isShort, room.lag(), room.cap(), queues.queued()));
    rate = seen.rate();
    // While nothing waits, fewer work than may, and the window says nothing about the limit.
    if (isShort || queues.queued() > 0) {
      limit = limit.next(seen);
    }
  }

  /// The server refused a connection for want of room.
  ///
  /// @return whether the worker is to go home, in which case it no longer counts
  boolean isShortFor(Worker worker) {
    lock.lock();
    try {
      learn(true);
      if (workers.size() > 1) {
        workers.remove(worker);
        changed.signalAll();
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Counts one more refused connection of a queue.
  int refused(StoreQueue queue) {
    lock.lock();
    try {
      queue.refused();
      return queue.refusals();
    } finally {
      lock.unlock();
    }
  }

  /// A worker is connected for that queue, or no longer is.
  void connected(StoreQueue queue, int change) {
    lock.lock();
    try {
      queue.workers(change);
      if (change > 0) {
        queue.connected();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing waits in that database and nobody is connected to it.
  boolean isIdle(DatabaseId database) {
    lock.lock();
    try {
      return queues.isIdle(database);
    } finally {
      lock.unlock();
    }
  }

  /// No store of that database can begin: those that wait fail with that problem, as many as the
  /// budget allows to begin.
  void fail(DatabaseId database, Problem problem) {
    Optional<Work> next = pollOf(database);
    while (next.isPresent()) {
      StoreEnd end = new StoreEnd.Failed(next.get().ran(), Optional.empty(), problem);
      stood(next.get(), end);
      run.reports().endedMoving(next.get().target(), end);
      next = pollOf(database);
    }
  }

  private Optional<Work> pollOf(DatabaseId database) {
    lock.lock();
    try {
      Optional<StoreQueue> queue = queues.waitingIn(database);
      if (queue.isPresent() && run.tally().begin()) {
        ended++;
        failed++;
        return Optional.of(queues.poll(queue.get()));
      }
      changed.signalAll();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Waits, but not beyond the end of the run.
  void pause(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !run.tally().isEnding()) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// What the server has room for has changed.
  void room(Room now) {
    lock.lock();
    try {
      room = now;
    } finally {
      lock.unlock();
    }
  }

  /// A worker has closed its connection and is gone.
  void left(Worker worker) {
    lock.lock();
    try {
      workers.remove(worker);
      present.remove(worker);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Everybody looks whether the run is ending.
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Asks the server to end what runs.
  void cancel() {
    List<Worker> running;
    lock.lock();
    try {
      running = List.copyOf(present);
    } finally {
      lock.unlock();
    }
    running.forEach(Worker::cancel);
  }

  /// Waits until all workers are gone, or the time is over.
  ///
  /// @return whether they are
  boolean awaitEnd(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!present.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return present.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  ServerProgress progress() {
    lock.lock();
    try {
      return new ServerProgress(
          server, ended, moving, queues.queued(), failed, rate, limit.limit());
    } finally {
      lock.unlock();
    }
  }
}
