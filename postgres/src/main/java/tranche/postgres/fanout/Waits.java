package tranche.postgres.fanout;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import tranche.core.fanout.StoreOutcome.Timing;
import tranche.engine.fanout.ChangeLimits;

/// The patience of one change of one store, and where its time went.
final class Waits {
  private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(500).toNanos();

  private final ChangeLimits limits;
  private final RandomGenerator random;
  private final long begun = System.nanoTime();
  private long waited;
  private long waitedForStore;
  private int triesInAll;
  private int lockTries;
  private int pauses;

  Waits(ChangeLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
  }

  /// A new transaction has all tries again.
  void beginTransaction() {
    lockTries = 0;
    pauses = 0;
    waitedForStore = 0;
  }

  /// Whether a transaction that waited in vain inside the server is tried once more.
  boolean tryAgain() {
    triesInAll++;
    waited += limits.lockTimeout().toNanos();
    return ++lockTries < limits.lockTries() && pause() >= 0;
  }

  /// Waits for somebody else to be done with the store.
  ///
  /// @return false when it has taken as long as all tries for locks may take together
  boolean waitForStore() {
    if (waitedForStore >= limits.lockTimeout().multipliedBy(limits.lockTries()).toNanos()) {
      return false;
    }
    triesInAll++;
    long nanos = pause();
    waitedForStore += Math.max(nanos, 0);
    return nanos >= 0;
  }

  /// Pauses, longer each time, by chance between half and all of it.
  ///
  /// @return how long; -1 if the thread was interrupted
  private long pause() {
    long most = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(pauses++, 10));
    long nanos = most / 2 + random.nextLong(most / 2 + 1);
    long until = System.nanoTime() + nanos;
    while (until - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, until - System.nanoTime());
    }
    waited += nanos;
    return Thread.currentThread().isInterrupted() ? -1 : nanos;
  }

  /// How often locks were asked for, as part of a sentence.
  String tried() {
    return limits.lockTries() + " tries of " + limits.lockTimeout().toMillis() + " ms; ";
  }

  /// Where the time went until now.
  Timing timing() {
    return new Timing(
        Duration.ofNanos(System.nanoTime() - begun), Duration.ofNanos(waited), triesInAll);
  }
}
