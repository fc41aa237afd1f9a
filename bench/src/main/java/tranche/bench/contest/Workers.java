package tranche.bench.contest;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Threads that take stores from one queue until it is empty. One thread is the caller's own, so
/// that "sequential" means a plain loop.
final class Workers {
  /// What one thread does from its start to its end.
  @FunctionalInterface
  interface Shift {
    void work(Queue<String> stores) throws SQLException, InterruptedException;
  }

  /// What is done to one store.
  @FunctionalInterface
  interface Task {
    void perform(String store) throws SQLException, InterruptedException;
  }

  private Workers() {}

  /// Runs a task once for each store.
  ///
  /// @throws SQLException the first failure, after the other threads have ended
  static void each(int threads, Collection<String> stores, Task task)
      throws SQLException, InterruptedException {
    shifts(
        threads,
        stores,
        queue -> {
          for (String store = queue.poll(); store != null; store = queue.poll()) {
            task.perform(store);
          }
        });
  }

  /// Runs a shift in each thread; together they empty the queue.
  ///
  /// @throws SQLException the first failure, after the other threads have ended
  static void shifts(int threads, Collection<String> stores, Shift shift)
      throws SQLException, InterruptedException {
    var queue = new ConcurrentLinkedQueue<>(stores);
    if (threads == 1) {
      shift.work(queue);
      return;
    }
    Callable<Boolean> job =
        () -> {
          shift.work(queue);
          return true;
        };
    try (var executor = Executors.newFixedThreadPool(threads)) {
      for (var result : executor.invokeAll(Collections.nCopies(threads, job))) {
        result.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SQLException failure
          ? failure
          : new SQLException("a worker failed: " + e.getCause(), e);
    }
  }
}
