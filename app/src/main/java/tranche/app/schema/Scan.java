package tranche.app.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.StoreAccess;

/// Reads the state of all stores, some databases at once.
final class Scan {
  private static final int AT_ONCE = 8;

  private Scan() {}

  /// What was found where each store should be.
  static Map<StoreId, StoreReading> read(StoreAccess access, List<TargetStore> stores)
      throws InterruptedException {
    Map<DatabaseId, List<StoreId>> byDatabase = new TreeMap<>();
    for (TargetStore store : stores) {
      byDatabase
          .computeIfAbsent(store.store().database(), _ -> new ArrayList<>())
          .add(store.store());
    }
    try {
      return read(access, byDatabase);
    } finally {
      access.disconnect();
    }
  }

  private static Map<StoreId, StoreReading> read(
      StoreAccess access, Map<DatabaseId, List<StoreId>> byDatabase) throws InterruptedException {
    if (byDatabase.size() == 1) {
      var only = byDatabase.entrySet().iterator().next();
      return access.read(only.getKey(), only.getValue());
    }
    int threads = Math.min(AT_ONCE, byDatabase.size());
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Map<StoreId, StoreReading>>> futures = new ArrayList<>();
      byDatabase.forEach((id, ids) -> futures.add(pool.submit(() -> access.read(id, ids))));
      return collected(futures);
    }
  }

  private static Map<StoreId, StoreReading> collected(
      List<Future<Map<StoreId, StoreReading>>> futures) throws InterruptedException {
    Map<StoreId, StoreReading> all = new HashMap<>();
    for (Future<Map<StoreId, StoreReading>> future : futures) {
      try {
        all.putAll(future.get());
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException known
            ? known
            : new IllegalStateException(e.getCause());
      }
    }
    return all;
  }
}
