package tranche.server.event;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

/// Wakes readers when the journal has grown: one question to the store at a time, however many
/// readers wait, and none while nobody does.
///
/// A reader waits only after it found nothing behind its own position. The tail asks whether there
/// is anything behind the lowest of these positions, and then wakes all: so no entry can come that
/// wakes nobody. A reader that is woken for nothing looks and waits again.
final class JournalTail implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JournalTail.class.getName());

  private final LongPredicate hasMore;
  private final Duration poll;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition somebodyWaits = lock.newCondition();
  private final Condition rung = lock.newCondition();
  private final List<Long> waiting = new ArrayList<>();
  private long rings;
  private boolean closed;
  private final Thread thread;

  /// `hasMore` says whether the journal has an entry after a sequence number.
  JournalTail(LongPredicate hasMore, Duration poll) {
    this.hasMore = hasMore;
    this.poll = poll;
    this.thread = Thread.ofVirtual().name("journal-tail").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Waits until there may be an entry after that sequence number.
  ///
  /// @return false if the time passed first
  boolean await(long after, Duration time) throws InterruptedException {
    lock.lock();
    try {
      long before = rings;
      long left = time.toNanos();
      waiting.add(after);
      somebodyWaits.signal();
      try {
        while (rings == before && !closed && left > 0) {
          left = rung.awaitNanos(left);
        }
        return rings != before;
      } finally {
        boolean _ = waiting.remove(Long.valueOf(after));
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      OptionalLong lowest = lowest();
      while (lowest.isPresent()) {
        if (mayHaveMore(lowest.getAsLong())) {
          ring();
        } else {
          TimeUnit.NANOSECONDS.sleep(poll.toNanos());
        }
        lowest = lowest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The lowest position that is waited at, once somebody waits; empty when closed.
  private OptionalLong lowest() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        somebodyWaits.await();
      }
      return closed ? OptionalLong.empty() : waiting.stream().mapToLong(Long::longValue).min();
    } finally {
      lock.unlock();
    }
  }

  /// If the journal cannot be read the readers are woken: each then finds out by itself, and ends.
  private boolean mayHaveMore(long after) {
    try {
      return hasMore.test(after);
    } catch (RuntimeException e) {
      LOG.log(WARNING, "the journal cannot be read: " + e.getMessage(), e);
      return true;
    }
  }

  private void ring() {
    lock.lock();
    try {
      rings++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      somebodyWaits.signalAll();
      rung.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }
}
