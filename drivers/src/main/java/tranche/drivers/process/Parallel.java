package tranche.drivers.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Several tasks a few at a time, as one: when one fails, or the caller is interrupted, the others
/// are interrupted and awaited, so that none works on behind the caller's back.
final class Parallel {
  private Parallel() {}

  /// The results in the order of the tasks.
  ///
  /// @throws IOException or an unchecked exception: the first failure as it was thrown
  static <T> List<T> all(List<? extends Callable<T>> tasks, int atATime)
      throws IOException, InterruptedException {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(atATime, Thread.ofVirtual().factory())) {
      ExecutorCompletionService<T> ended = new ExecutorCompletionService<>(pool);
      List<Future<T>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(ended.submit(task)));
      try {
        for (int i = 0; i < futures.size(); i++) {
          ended.take().get();
        }
      } catch (ExecutionException e) {
        pool.shutdownNow();
        throw rethrown(e.getCause());
      } catch (InterruptedException e) {
        pool.shutdownNow();
        throw e;
      }
      return futures.stream().map(Future::resultNow).toList();
    }
  }

  private static IOException rethrown(@Nullable Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null -> throw new IllegalStateException("a task failed");
      case Throwable other ->
          throw new IllegalStateException("a task was interrupted alone", other);
    };
  }
}
