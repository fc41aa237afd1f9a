package tranche.bench.process;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Looks at something again and again, on a thread of its own, until it is closed.
public final class Sampling implements AutoCloseable {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  private final ScheduledExecutorService thread;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private long samples;
  private long lastNanos;
  private long longestGapNanos;

  private Sampling(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  /// Begins to look, with a pause in between.
  ///
  /// @param look stops the sampling when it throws; [#close] then throws the same
  public static Sampling every(Duration pause, Runnable look) {
    var thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bench-sampling").factory());
    var sampling = new Sampling(thread);
    // What a look throws is kept by the sampling itself.
    var _ =
        thread.scheduleWithFixedDelay(
            () -> sampling.sample(look), 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    return sampling;
  }

  private void sample(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      failure.set(e);
      throw e;
    }
    long now = System.nanoTime();
    if (samples++ > 0) {
      longestGapNanos = Math.max(longestGapNanos, now - lastNanos);
    }
    lastNanos = now;
  }

  /// How often it looked. To be asked after it was closed.
  public long samples() {
    return samples;
  }

  /// The longest time between two looks. To be asked after it was closed.
  public Duration longestGap() {
    return Duration.ofNanos(longestGapNanos);
  }

  /// Ends the sampling after the look that is under way.
  ///
  /// @throws IllegalStateException when a look does not end
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_LOOK.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a sample takes longer than " + LONGEST_LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }
}
