package tranche.app.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tranche.api.schema.SchemaDriftJson.ShapeJson;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fleet.StoreId;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureDiff;
import tranche.core.structure.StructureFingerprint;

/// Compares what stores are made of. Stores of one set and version should be made of the same.
///
/// @param prints of all stores that are there
/// @param structures reads one store
record DriftReport(
    Map<StoreId, StructureFingerprint> prints, Function<StoreId, Structure> structures) {
  private static final int DIFFERENCES = 50;
  private static final int READ = 200;

  /// Stores that should be equal.
  ///
  /// @param set as it is shown
  record Kind(String set, Optional<String> version) {}

  /// What was found.
  record Found(long compared, long equal, List<ShapeJson> shapes) {}

  /// What stores of a kind should be made of; empty if nobody knows.
  @FunctionalInterface
  interface Expected {
    Optional<Structure> of(Kind kind, List<TargetStore> stores);
  }

  /// What most of the stores are made of.
  Optional<Structure> majority(List<TargetStore> stores) {
    Map<StructureFingerprint, List<StoreId>> by = new LinkedHashMap<>();
    stores.forEach(s -> {
      StructureFingerprint print = prints.get(s.store());
      if (print != null) {
        by.computeIfAbsent(print, _ -> new ArrayList<>()).add(s.store());
      }
    });
    return by.values().stream()
        .max(Comparator.comparingInt(List::size))
        .map(most -> structures.apply(most.getFirst()));
  }

  Found compare(Map<Kind, List<TargetStore>> kinds, Expected expected) {
    long compared = 0;
    long equal = 0;
    List<ShapeJson> shapes = new ArrayList<>();
    for (var kind : kinds.entrySet()) {
      Optional<Structure> wanted = expected.of(kind.getKey(), kind.getValue());
      if (wanted.isEmpty()) {
        continue;
      }
      Map<StructureFingerprint, List<TargetStore>> others = new HashMap<>();
      for (TargetStore store : kind.getValue()) {
        StructureFingerprint print = prints.get(store.store());
        if (print != null) {
          compared++;
          if (print.equals(wanted.get().fingerprint())) {
            equal++;
          } else {
            others.computeIfAbsent(print, _ -> new ArrayList<>()).add(store);
          }
        }
      }
      others.values().stream()
          .sorted(Comparator.comparingInt((List<TargetStore> s) -> s.size()).reversed())
          .forEach(stores ->
              shapes.add(shape(kind.getKey(), stores, wanted.get(), shapes.size() < READ)));
    }
    shapes.sort(Comparator.comparingLong(s -> -s.stores()));
    return new Found(compared, equal, shapes);
  }

  private ShapeJson shape(Kind kind, List<TargetStore> stores, Structure wanted, boolean isRead) {
    StructureDiff diff =
        isRead
            ? StructureDiff.between(wanted, structures.apply(stores.getFirst().store()))
            : new StructureDiff(List.of(), List.of());
    return new ShapeJson(
        kind.set(),
        kind.version(),
        stores.size(),
        PlanReport.examples(stores),
        diff.changes().stream().limit(DIFFERENCES).map(c -> c.sentence()).toList(),
        diff.changes().size());
  }
}
