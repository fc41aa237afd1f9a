package tranche.gateway.upstream;

import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Checks the readiness of every instance in turn, at most [#MAX_CONCURRENT] at once.
public final class HealthWatch implements AutoCloseable {
  static final int MAX_CONCURRENT = 16;

  private final HealthRules rules;
  private final Clock clock;
  private final Semaphore places = new Semaphore(MAX_CONCURRENT, true);
  private final ExecutorService checks = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("health-ticker").factory());

  /// Checks nothing until [#start] or [#checkNow].
  public HealthWatch(HealthRules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /// Checks all instances of the supplier at every interval.
  public void start(Supplier<Collection<LiveInstance>> instances) {
    long millis = rules.interval().toMillis();
    var _ =
        ticker.scheduleWithFixedDelay(
            () -> instances.get().forEach(this::checkNow), millis, millis, TimeUnit.MILLISECONDS);
  }

  /// Checks an instance as soon as a place is free; nothing happens if a check of it is under way.
  public void checkNow(LiveInstance instance) {
    check(instance, () -> {});
  }

  /// Checks these instances and waits for the results, at most the given time.
  public void checkAll(Collection<LiveInstance> instances, long maxMillis)
      throws InterruptedException {
    CountDownLatch open = new CountDownLatch(instances.size());
    instances.forEach(instance -> check(instance, open::countDown));
    var _ = open.await(maxMillis, TimeUnit.MILLISECONDS);
  }

  private void check(LiveInstance instance, Runnable whenDone) {
    if (!instance.startCheck()) {
      whenDone.run();
      return;
    }
    try {
      checks.execute(() -> run(instance, whenDone));
    } catch (RejectedExecutionException _) {
      // The watch is closed: the process is ending and nobody reads the result.
      instance.endCheck();
      whenDone.run();
    }
  }

  private void run(LiveInstance instance, Runnable whenDone) {
    boolean placed = false;
    try {
      places.acquire();
      placed = true;
      long mark = instance.checkMark();
      CheckResult result =
          ReadinessCheck.of(instance.identity(), instance.readinessPath(), rules.timeout());
      instance.checked(result, mark, rules, clock.instant());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      if (placed) {
        places.release();
      }
      instance.endCheck();
      whenDone.run();
    }
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    checks.shutdownNow();
  }
}
