package issuetracker.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Sends requests at a constant rate: request n is due n / rate seconds after the start, whether or
/// not the ones before it have been answered, and its time is taken from when it was due. A server
/// that stalls is therefore seen by every request of that time, as it would be by its users, and
/// not only by the few that a waiting client would have sent.
final class OpenLoop {
  private static final int MAX_IN_FLIGHT = 2_000;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(6);

  private final Workload workload;
  private final Run run;
  private final int rate;
  private final Semaphore permits = new Semaphore(MAX_IN_FLIGHT);
  private final CountDownLatch stop = new CountDownLatch(1);

  OpenLoop(Workload workload, Run run, int rate) {
    this.workload = workload;
    this.run = run;
    this.rate = rate;
  }

  /// Asks for the end: no more requests are sent, those in flight are waited for.
  void stop() {
    stop.countDown();
  }

  /// Sends until asked to end, then writes the final report.
  void run() throws IOException, InterruptedException {
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService reporter = Executors.newSingleThreadExecutor()) {
      reporter.execute(this::report);
      schedule(workers);
      if (!permits.tryAcquire(MAX_IN_FLIGHT, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    }
    run.outputs().flush(run.totals(), true);
  }

  private void schedule(ExecutorService workers) throws InterruptedException {
    long start = System.nanoTime();
    for (long sequence = 0; ; sequence++) {
      long due = start + sequence * TimeUnit.SECONDS.toNanos(1) / rate;
      if (stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return;
      }
      Call call = workload.call(sequence, run.acknowledged());
      run.totals().sent();
      if (permits.tryAcquire()) {
        workers.execute(() -> send(call, due));
      } else {
        run.totals().done(call, new Outcome.Failed("overload", Optional.empty()), Duration.ZERO);
      }
    }
  }

  private void send(Call call, long due) {
    try {
      run.send(call, due);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      permits.release();
    }
  }

  private void report() {
    try {
      while (!stop.await(1, TimeUnit.SECONDS)) {
        run.outputs().flush(run.totals(), false);
      }
    } catch (IOException e) {
      System.err.println("the report or journal cannot be written: " + e);
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
