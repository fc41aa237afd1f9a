package tranche.core.fanout;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StoreHistory;

/// What the stores of a run have behind them, gathered while they are read: ten thousand stores of
/// three histories are three entries. May be used by several threads.
public final class FleetPast {
  /// Beyond this many distinct histories further ones are not counted: fewer stores are then known
  /// to have a migration than have it, which errs on the safe side.
  private static final int MOST_HISTORIES = 10_000;

  private final Map<Key, Counted> histories = new ConcurrentHashMap<>();
  private final Set<StoreId> bare = ConcurrentHashMap.newKeySet();
  private final Set<StoreId> empty = ConcurrentHashMap.newKeySet();

  private record Key(String set, HistoryKind kind, long fingerprint) {}

  private record Counted(StoreHistory history, LongAdder stores) {}

  /// Of no store yet.
  public FleetPast() {}

  /// Takes note of one store.
  public void add(String set, StoreId store, StoreReading reading) {
    switch (reading) {
      case StoreReading.Managed(StoreHistory history, _) -> add(set, store, history);
      case StoreReading.Unmanaged(var others, boolean isEmpty) when others.isEmpty() && isEmpty ->
          empty.add(store);
      case StoreReading.Unmanaged _, StoreReading.NotThere _, StoreReading.Unreadable _ -> {}
    }
  }

  private void add(String set, StoreId store, StoreHistory history) {
    if (history.applied().isEmpty()) {
      if (history.halfway().isEmpty()) {
        bare.add(store);
      }
      return;
    }
    Key key = new Key(set, history.kind(), history.fingerprint());
    Counted counted = histories.get(key);
    if (counted == null) {
      if (histories.size() >= MOST_HISTORIES) {
        return;
      }
      counted = histories.computeIfAbsent(key, _ -> new Counted(history, new LongAdder()));
    }
    counted.stores().increment();
  }

  /// How many stores of the set have run exactly this migration: the same key and, as far as can be
  /// told, the same text.
  public int runsIn(String set, SourceMigration migration) {
    long stores = 0;
    for (Map.Entry<Key, Counted> entry : histories.entrySet()) {
      Counted counted = entry.getValue();
      if (entry.getKey().set().equals(set) && has(counted.history(), migration)) {
        stores += counted.stores().sum();
      }
    }
    return Math.toIntExact(stores);
  }

  private static boolean has(StoreHistory history, SourceMigration migration) {
    for (AppliedMigration row : history.applied()) {
      if (row.key().equals(migration.key()) && row.matches(migration.up())) {
        return true;
      }
    }
    return false;
  }

  /// Whether the store had neither a history nor tables when it was read.
  public boolean isEmpty(StoreId store) {
    return empty.contains(store);
  }

  /// Whether the store has a history of ours without anything in it, so that it has to be looked at
  /// to know whether it is empty.
  public boolean isBare(StoreId store) {
    return bare.contains(store);
  }
}
