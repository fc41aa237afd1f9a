package tranche.engine.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tranche.core.fanout.SetOrder;
import tranche.core.fanout.StoreNeed;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.FanoutPlan.Shape;
import tranche.engine.fanout.Targets.Target;

/// Counts stores by what they need, while they are read. Equal needs are one object, see
/// [tranche.core.fanout.StorePlanning], except those that are refused before a history was found.
final class PlanShapes {
  private static final int EXAMPLES = 5;
  private static final int MOST_SHAPES = 1_000;

  private final Map<String, IdentityHashMap<StoreNeed, Counter>> sets = new HashMap<>();
  private final Map<StoreNeed, StoreNeed> same = new HashMap<>();
  private int shapes;

  private static final class Counter {
    private final List<StoreId> first = new ArrayList<>();
    private int count;
  }

  synchronized void add(Target target, StoreNeed need) {
    IdentityHashMap<StoreNeed, Counter> needs =
        sets.computeIfAbsent(target.set(), _ -> new IdentityHashMap<>());
    StoreNeed key = needs.containsKey(need) ? need : known(need);
    Counter counter = needs.get(key);
    if (counter == null) {
      if (shapes >= MOST_SHAPES) {
        return;
      }
      shapes++;
      counter = new Counter();
      needs.put(key, counter);
    }
    counter.count++;
    if (counter.first.size() < EXAMPLES) {
      counter.first.add(target.store());
    }
  }

  private StoreNeed known(StoreNeed need) {
    return switch (need) {
      case StoreNeed.Migrations _, StoreNeed.Undoing _ -> need;
      case StoreNeed.UpToDate _,
          StoreNeed.Refused _,
          StoreNeed.NotThere _,
          StoreNeed.Unreadable _ -> {
        StoreNeed first = same.putIfAbsent(need, need);
        yield first == null ? need : first;
      }
    };
  }

  synchronized FanoutPlan plan(SetOrder order, List<SkipGroup> leftOut) {
    List<Shape> all = new ArrayList<>();
    sets.forEach((set, needs) ->
        needs.forEach(
            (need, counter) -> all.add(new Shape(set, need, counter.count, counter.first))));
    all.sort(Comparator.comparingInt(Shape::count).reversed());
    return new FanoutPlan(all, order.stages().stream().map(List::copyOf).toList(), leftOut);
  }
}
