package tranche.app.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tranche.api.schema.ReferenceJson;
import tranche.api.schema.ReferenceJson.BrokenJson;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.config.SchemaConfig;
import tranche.config.TrancheConfig;
import tranche.core.fanout.StoreNeed;
import tranche.core.fleet.StoreId;
import tranche.core.migration.SourceMigration;
import tranche.core.problem.ProblemException;
import tranche.core.reference.ReferenceResult;
import tranche.core.reference.ReferenceRules;
import tranche.core.reference.StoreReference;
import tranche.engine.fanout.FanoutPlan;
import tranche.postgres.reference.ReferenceCheck;

/// The references that the configuration declares, and whether they hold.
record References(Targets targets, List<StoreReference> declared) {
  private static final int EXAMPLES = 10;

  References {
    declared = List.copyOf(declared);
  }

  static References of(Targets targets) {
    return new References(
        targets,
        targets
            .config()
            .map(TrancheConfig::schema)
            .map(SchemaConfig::references)
            .orElse(List.of()));
  }

  ReferenceRules rules() {
    return new ReferenceRules(declared);
  }

  /// Before anything is changed: looks at what a destructive change of the shared store would make
  /// worse.
  ///
  /// @throws tranche.core.problem.ProblemException [SchemaProblem.ReferencesBroken] if such a
  ///   reference is broken already
  void before(FanoutPlan plan, Understanding understanding) {
    Set<String> endangered = new TreeSet<>();
    for (FanoutPlan.Shape shape : plan.shapes()) {
      if (shape.set().equals(Folders.SHARED)
          && shape.need() instanceof StoreNeed.Migrations(_, var migrations, _)) {
        for (SourceMigration migration : migrations) {
          rules().endangered(understanding.whole(migration)).stream()
              .map(StoreReference::toString)
              .forEach(endangered::add);
        }
      }
    }
    if (endangered.isEmpty()) {
      return;
    }
    List<ReferenceJson> broken =
        new References(
                targets, declared.stream().filter(r -> endangered.contains(r.toString())).toList())
            .check().stream().filter(r -> r.broken() > 0).toList();
    if (!broken.isEmpty()) {
      throw new SchemaProblem.ReferencesBroken(broken).exception();
    }
  }

  /// Looks at all stores of the run, within a time for all of them.
  List<ReferenceJson> check() {
    if (declared.isEmpty()) {
      return List.of();
    }
    try (ReferenceCheck check =
        new ReferenceCheck(targets.directory(), ReferenceCheck.Limits.ORDINARY, System::nanoTime)) {
      return declared.stream().map(reference -> check(reference, check)).toList();
    }
  }

  private ReferenceJson check(StoreReference reference, ReferenceCheck check) {
    Map<String, StoreId> shared = shared();
    long checked = 0;
    long nothing = 0;
    List<String> unfinished = new ArrayList<>();
    List<BrokenJson> broken = new ArrayList<>();
    for (TargetStore store : targets.stores()) {
      Optional<StoreId> other = store.tenant().map(shared::get);
      if (store.isShared() || other.isEmpty()) {
        continue;
      }
      ReferenceResult result = checked(check, reference, store.store(), other.get());
      switch (result) {
        case ReferenceResult.Whole _ -> checked++;
        case ReferenceResult.Nothing _ -> nothing++;
        case ReferenceResult.Partly(_, String why) -> unfinished.add(why);
      }
      if (result.known() > 0) {
        broken.add(new BrokenJson(store.label(), result.known()));
      }
    }
    return new ReferenceJson(
        reference.toString(),
        checked,
        nothing,
        unfinished.size(),
        unfinished.isEmpty() ? "" : unfinished.getFirst(),
        broken.size(),
        broken.stream().limit(EXAMPLES).toList());
  }

  private static ReferenceResult checked(
      ReferenceCheck check, StoreReference reference, StoreId from, StoreId shared) {
    try {
      return check.check(reference, from, shared);
    } catch (ProblemException e) {
      return new ReferenceResult.Partly(0, e.problem().what());
    }
  }

  /// The shared store of each tenant, be it part of the run or only looked at.
  private Map<String, StoreId> shared() {
    Map<String, StoreId> shared = new HashMap<>();
    Stream.concat(targets.stores().stream(), targets.observed().stream())
        .filter(TargetStore::isShared)
        .forEach(s -> s.tenants().forEach(tenant -> shared.putIfAbsent(tenant, s.store())));
    return shared;
  }
}
