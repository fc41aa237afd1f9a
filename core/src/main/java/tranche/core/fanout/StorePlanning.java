package tranche.core.fanout;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.StoreHistory.Halfway;

/// What each store of a set needs, worked out once for each distinct history: ten thousand stores
/// of three shapes are three computations, and stores of one shape get the same object. May be used
/// by several threads.
public final class StorePlanning {
  private static final int MOST_REMEMBERED = 10_000;

  private final FolderPlan plan;
  private final Map<Shape, StoreNeed> known = new ConcurrentHashMap<>();
  private final AtomicInteger computations = new AtomicInteger();

  private record Shape(HistoryKind kind, long fingerprint, Optional<Halfway> halfway) {
    static Shape of(StoreHistory history) {
      return new Shape(history.kind(), history.fingerprint(), history.halfway());
    }
  }

  /// Planning with this folder.
  public StorePlanning(MigrationSet folder, ApplyOptions options) {
    this.plan = new FolderPlan(folder, options);
  }

  /// Why nothing can be planned at all: the version asked for is not in the folder.
  public Optional<NeedProblem> problem() {
    return plan.problem();
  }

  /// What a store needs that was read like this.
  public StoreNeed need(StoreReading reading) {
    return switch (reading) {
      case StoreReading.Managed(StoreHistory history, _) -> remembered(history, reading);
      // A schema without anything has the history of one that was managed and has run nothing.
      case StoreReading.Unmanaged(var others, boolean isEmpty) when others.isEmpty() && isEmpty ->
          remembered(FolderPlan.EMPTY, reading);
      case StoreReading.Unmanaged _, StoreReading.NotThere _, StoreReading.Unreadable _ ->
          plan.need(reading);
    };
  }

  private StoreNeed remembered(StoreHistory history, StoreReading reading) {
    Shape shape = Shape.of(history);
    StoreNeed before = known.get(shape);
    if (before != null) {
      return before;
    }
    return known.size() < MOST_REMEMBERED
        ? known.computeIfAbsent(shape, _ -> compute(reading))
        : compute(reading);
  }

  private StoreNeed compute(StoreReading reading) {
    computations.incrementAndGet();
    return plan.need(reading);
  }

  /// How often something had to be worked out.
  public int computations() {
    return computations.get();
  }
}
