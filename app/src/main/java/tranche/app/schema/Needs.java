package tranche.app.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.RevertOptions;
import tranche.core.fanout.RevertPlanning;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StorePlanning;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.StoreId;

/// Stores by what they need: those of one past and one set share it.
///
/// @param shapes in the order of the first store of each
record Needs(List<Shape> shapes) {
  /// Stores of one set that need the same.
  ///
  /// @param reading of the first of them
  /// @param undos what the first of them keeps to take its migrations back; empty unless asked for
  record Shape(
      String set,
      StoreReading reading,
      StoreNeed need,
      List<KeptUndo> undos,
      List<TargetStore> stores) {
    boolean isMoving() {
      return switch (need) {
        case StoreNeed.Migrations(_, var migrations, _) -> !migrations.isEmpty();
        case StoreNeed.Undoing _ -> true;
        case StoreNeed.UpToDate _,
            StoreNeed.Refused _,
            StoreNeed.NotThere _,
            StoreNeed.Unreadable _ ->
            false;
      };
    }
  }

  private record Key(String set, StoreNeed need, Optional<String> version) {}

  /// What stores need to get to the folders' versions.
  ///
  /// @throws tranche.core.problem.ProblemException if the version asked for is in no folder
  static Needs toApply(
      List<TargetStore> stores,
      Map<StoreId, StoreReading> readings,
      Folders folders,
      ApplyOptions options) {
    Map<String, StorePlanning> plannings = new LinkedHashMap<>();
    for (Folders.OfSet set : folders.sets()) {
      StorePlanning planning = new StorePlanning(set.reading().set(), options);
      if (planning.problem().isPresent()) {
        throw planning.problem().get().exception();
      }
      plannings.put(set.name(), planning);
    }
    Collector shapes = new Collector();
    for (TargetStore store : stores) {
      String set = Folders.setOf(store);
      StoreReading reading = readings.getOrDefault(store.store(), new StoreReading.NotThere());
      StorePlanning planning = plannings.get(set);
      if (planning == null) {
        throw new IllegalStateException("no folder for set " + set);
      }
      shapes.add(set, reading, planning.need(reading), List.of(), store);
    }
    return shapes.needs();
  }

  /// What has to be taken back.
  static Needs toRevert(
      List<TargetStore> stores,
      Map<StoreId, StoreReading> readings,
      Map<StoreId, List<KeptUndo>> undos,
      RevertOptions options) {
    RevertPlanning planning = new RevertPlanning(options);
    Collector shapes = new Collector();
    for (TargetStore store : stores) {
      StoreReading reading = readings.getOrDefault(store.store(), new StoreReading.NotThere());
      List<KeptUndo> kept = undos.getOrDefault(store.store(), List.of());
      shapes.add(Folders.setOf(store), reading, planning.need(reading, kept), kept, store);
    }
    return shapes.needs();
  }

  private static final class Collector {
    private final Map<Key, Shape> shapes = new LinkedHashMap<>();

    void add(
        String set, StoreReading reading, StoreNeed need, List<KeptUndo> undos, TargetStore store) {
      Optional<String> version =
          reading instanceof StoreReading.Managed managed
              ? StoreState.version(managed.history())
              : Optional.empty();
      Key key = new Key(set, need, version);
      shapes
          .computeIfAbsent(key, _ -> new Shape(set, reading, need, undos, new ArrayList<>()))
          .stores()
          .add(store);
    }

    Needs needs() {
      return new Needs(List.copyOf(shapes.values()));
    }
  }

  /// The sets of stores that there are.
  Set<String> sets() {
    return shapes.stream().map(Shape::set).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// How many stores have something to be done to them.
  long moving() {
    return shapes.stream().filter(Shape::isMoving).mapToLong(s -> s.stores().size()).sum();
  }
}
