package tranche.engine.fanout;

import static java.lang.System.Logger.Level.DEBUG;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tranche.core.fanout.StoreNeed;
import tranche.core.fleet.DatabaseId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.Targets.Target;

/// The leases of a run in the databases of one server, and the count of connections there.
///
/// Each connection of a worker takes one of `cap` slots, and everything else (renewing, looking at
/// the server's room, reading a store again) happens one after the other on one more. So there are
/// never more than `cap + 1` connections at any moment.
///
/// A lease is taken by the first worker that comes to a database, renewed from a thread of its own
/// when a third of its time is over, and given back when nothing waits there. A database whose
/// lease could not be renewed until shortly before its end is lost: nothing begins there any more.
/// A process that stood still for longer notices when it looks at the time before it begins a
/// store; and whatever it had begun is refused by the database itself.
final class ServerLeases {
  private static final System.Logger LOG = System.getLogger(ServerLeases.class.getName());
  private static final Duration ROOM_EVERY = Duration.ofSeconds(2);

  private final int cap;
  private volatile Lane.Room room;
  private final RunParts run;
  private final Duration lifetime;
  private final Semaphore slots;
  private final ReentrantLock housekeeping = new ReentrantLock(true);
  private final Map<DatabaseId, Lease> leases = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closing;
  private Optional<Thread> thread = Optional.empty();
  private volatile Optional<Lane> lane = Optional.empty();

  /// A lease in one database. Its lock is held while it is taken, renewed or given back.
  private static final class Lease {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Optional<Instant> from = Optional.empty();
    private volatile Optional<Problem> lost = Optional.empty();
  }

  /// @param room the cap is how many connections workers may have at once
  ServerLeases(Lane.Room room, RunParts run) {
    this.room = room;
    this.cap = room.cap();
    this.run = run;
    this.lifetime = run.request().settings().lease();
    this.slots = new Semaphore(room.cap(), true);
  }

  /// How many connections workers may have at once.
  int cap() {
    return cap;
  }

  /// What the server had room for when it was last asked.
  Lane.Room room() {
    return room;
  }

  /// Serves that lane from now on.
  void serve(Lane current) {
    lane = Optional.of(current);
    if (thread.isEmpty()) {
      thread = Optional.of(Thread.ofVirtual().name("leases").start(this::keep));
    }
  }

  /// Takes a slot for a connection. Give it back with [#giveSlot()].
  void takeSlot() throws InterruptedException {
    slots.acquire();
  }

  void giveSlot() {
    slots.release();
  }

  /// Makes sure that the run may write in a database. The caller holds a slot and no connection.
  ///
  /// @throws ProblemException if it may not
  void ensure(DatabaseId database) {
    Lease lease = leases.computeIfAbsent(database, _ -> new Lease());
    lease.lock.lock();
    try {
      requireNotLost(lease);
      if (lease.from.isEmpty()) {
        take(database, lease);
      }
    } finally {
      lease.lock.unlock();
    }
  }

  private static void requireNotLost(Lease lease) {
    lease.lost.ifPresent(problem -> {
      throw problem.exception();
    });
  }

  private void take(DatabaseId database, Lease lease) {
    // The lease counts from before it was asked for: the database's own count ends later.
    Instant asked = run.clock().instant();
    run.access().lease(database, run.request().run(), lifetime);
    lease.from = Optional.of(asked);
  }

  /// Looks whether the lease still lasts, right before a store begins, and renews it if it is
  /// nearly over.
  ///
  /// @throws ProblemException if the run may not write there any more
  void check(DatabaseId database) {
    Lease lease = leases.computeIfAbsent(database, _ -> new Lease());
    if (isNearlyOver(lease)) {
      renew(database, lease);
    }
    lease.lock.lock();
    try {
      requireNotLost(lease);
    } finally {
      lease.lock.unlock();
    }
  }

  private boolean isNearlyOver(Lease lease) {
    lease.lock.lock();
    try {
      return lease.from.filter(f -> age(f).compareTo(lastMoment()) >= 0).isPresent();
    } finally {
      lease.lock.unlock();
    }
  }

  private Duration age(Instant from) {
    return Duration.between(from, run.clock().instant());
  }

  private Duration lastMoment() {
    return lifetime.multipliedBy(5).dividedBy(6);
  }

  private void renew(DatabaseId database, Lease lease) {
    housekeeping.lock();
    lease.lock.lock();
    try {
      if (lease.from.filter(f -> age(f).compareTo(lifetime.dividedBy(3)) >= 0).isPresent()
          && lease.lost.isEmpty()) {
        take(database, lease);
      }
    } catch (ProblemException e) {
      boolean isOver = e.problem() instanceof StoreProblem.LeaseEnded;
      if (isOver || lease.from.filter(f -> age(f).compareTo(lastMoment()) >= 0).isPresent()) {
        lease.lost =
            Optional.of(
                isOver
                    ? e.problem()
                    : new FanoutProblem.LeaseNotRenewed(database, e.problem().what()));
      }
    } finally {
      lease.lock.unlock();
      housekeeping.unlock();
    }
  }

  /// What a store needs now, read on the one connection besides the workers'.
  StoreNeed again(Target target) {
    housekeeping.lock();
    try {
      return run.reader().again(target);
    } finally {
      housekeeping.unlock();
    }
  }

  private void keep() {
    try {
      Instant lookAtRoom = run.clock().instant().plus(ROOM_EVERY);
      while (awaitTick()) {
        renewAll();
        if (!run.clock().instant().isBefore(lookAtRoom)) {
          lookAtRoom();
          lookAtRoom = run.clock().instant().plus(ROOM_EVERY);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      run.tally().stop(bug);
      lane.ifPresent(Lane::wake);
    }
  }

  private boolean awaitTick() throws InterruptedException {
    Duration tick = lifetime.dividedBy(12);
    lock.lock();
    try {
      long left = (tick.compareTo(ROOM_EVERY) < 0 ? tick : ROOM_EVERY).toNanos();
      while (!closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  /// Databases in which something is left to do come first; with very many databases there may be
  /// no time for the others.
  private void renewAll() {
    Instant begin = run.clock().instant();
    leases.forEach((database, lease) -> {
      if (!isIdle(database)) {
        renewIfDue(database, lease);
      }
    });
    leases.forEach((database, lease) -> {
      if (isIdle(database) && age(begin).compareTo(lifetime.dividedBy(12)) < 0) {
        renewIfDue(database, lease);
      }
    });
  }

  private boolean isIdle(DatabaseId database) {
    return lane.filter(l -> !l.isIdle(database)).isEmpty();
  }

  private void renewIfDue(DatabaseId database, Lease lease) {
    renew(database, lease);
    Optional<Problem> lost;
    lease.lock.lock();
    try {
      lost = lease.lost;
    } finally {
      lease.lock.unlock();
    }
    lost.ifPresent(problem -> lane.ifPresent(l -> l.fail(database, problem)));
  }

  private void lookAtRoom() {
    List<DatabaseId> held =
        leases.entrySet().stream()
            .filter(e -> e.getValue().from.isPresent())
            .map(Map.Entry::getKey)
            .limit(1)
            .toList();
    for (DatabaseId database : held) {
      housekeeping.lock();
      try {
        ServerRoom now = run.access().room(database);
        int own = cap - slots.availablePermits();
        room = new Lane.Room(Math.clamp(Room.cap(now, own), 1, cap), now.replicaLag());
        lane.ifPresent(l -> l.room(room));
      } catch (ProblemException e) {
        // What was known before still holds; if the server is gone, the workers find out.
        LOG.log(
            DEBUG, "the room of the server of " + database + " is not known: " + e.getMessage());
      } finally {
        housekeeping.unlock();
      }
    }
  }

  /// Gives back what is still held and ends the thread.
  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    join();
    Queue<DatabaseId> held = new ConcurrentLinkedQueue<>();
    leases.forEach((database, lease) -> {
      if (lease.from.isPresent() && lease.lost.isEmpty()) {
        held.add(database);
      }
    });
    // All workers are home, so each of these may use the connection that one of them had.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Math.min(cap, held.size()); i++) {
        threads.execute(() -> release(held));
      }
    }
  }

  private void release(Queue<DatabaseId> held) {
    for (DatabaseId next = held.poll(); next != null; next = held.poll()) {
      run.access().release(next, run.request().run());
    }
  }

  private void join() {
    boolean interrupted = false;
    while (thread.filter(Thread::isAlive).isPresent()) {
      try {
        boolean _ = thread.get().join(Duration.ofSeconds(1));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
