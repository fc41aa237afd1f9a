package tranche.app.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fanout.Exposure;
import tranche.core.fanout.FleetPast;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.StoreId;
import tranche.core.migration.Finding;
import tranche.core.migration.SourceMigration;
import tranche.engine.fanout.Exposures;
import tranche.engine.fanout.Exposures.Needing;
import tranche.engine.fanout.StoreAccess;

/// Who could be hurt by the unsafe migrations of a plan, as a run would find out.
record Exposed(Map<String, Map<SourceMigration, Exposure>> exposures) {
  /// Looks at what is unsafe in what stores need.
  ///
  /// @throws tranche.core.problem.ProblemException if a database cannot be asked
  static Exposed of(
      Needs needs,
      Map<StoreId, StoreReading> readings,
      Understanding understanding,
      StoreAccess access) {
    FleetPast past = new FleetPast();
    Map<String, Map<SourceMigration, Exposure>> found = new HashMap<>();
    for (String set : needs.sets()) {
      List<Needing> needing = needing(needs, set, readings, past);
      List<SourceMigration> unsafe =
          needing.stream()
              .flatMap(n -> n.need().migrations().stream())
              .collect(Collectors.toSet())
              .stream()
              .filter(understanding::isUnsafe)
              .toList();
      found.put(set, new Exposures(past, access).of(set, unsafe, needing));
    }
    return new Exposed(found);
  }

  private static List<Needing> needing(
      Needs needs, String set, Map<StoreId, StoreReading> readings, FleetPast past) {
    List<Needing> needing = new ArrayList<>();
    for (Needs.Shape shape : needs.shapes()) {
      if (!shape.set().equals(set)) {
        continue;
      }
      List<StoreId> ids = shape.stores().stream().map(TargetStore::store).toList();
      ids.forEach(id -> past.add(set, id, readings.getOrDefault(id, new StoreReading.NotThere())));
      if (shape.need() instanceof StoreNeed.Migrations need) {
        needing.add(new Needing(need, ids));
      }
    }
    return needing;
  }

  /// Why an error of that migration stops nothing; empty if it does, or is none.
  Optional<Exposure> easing(String set, SourceMigration migration, Finding finding) {
    if (finding.severity() != Finding.Severity.ERROR) {
      return Optional.empty();
    }
    return Optional.ofNullable(exposures.getOrDefault(set, Map.of()).get(migration))
        .filter(exposure -> exposure.eases(finding));
  }
}
