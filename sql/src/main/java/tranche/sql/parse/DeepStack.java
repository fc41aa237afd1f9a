package tranche.sql.parse;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Calls a function on a thread whose stack has a known size. What it computes is the same on any
/// thread; only whether it fits differs.
final class DeepStack {
  private static final long STACK_BYTES = 64L << 20;

  private DeepStack() {}

  static <T> T call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        };
    Thread thread = new Thread(null, run, "tranche-sql-deep", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return result.join();
  }
}
