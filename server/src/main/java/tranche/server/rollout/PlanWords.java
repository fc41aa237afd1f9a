package tranche.server.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tranche.api.rollout.PlanJson;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.Tenant;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.MigrationRef;
import tranche.core.rollout.Move;
import tranche.core.rollout.Plan;
import tranche.core.rollout.PlannedTranche;
import tranche.core.rollout.Preparation;
import tranche.core.rollout.StorePlan;

/// A plan in the words of its table.
final class PlanWords {
  private static final int SHOWN = 100;

  private PlanWords() {}

  static PlanJson of(Plan plan, Fleet fleet) {
    List<PlanJson.LeftOutTenant> leftOut = leftOut(plan);
    return new PlanJson(
        plan.id(),
        plan.hash(),
        plan.to().value(),
        from(plan),
        plan.size(),
        plan.stores().size(),
        regions(plan, fleet),
        tranches(plan),
        contract(plan),
        schema(plan),
        new PlanJson.LeftOutJson(leftOut.size(), leftOut.stream().limit(SHOWN).toList()),
        UndoWords.of(plan));
  }

  static List<PlanJson.LeftOutTenant> leftOut(Plan plan) {
    return plan.leftOut().stream()
        .map(l -> new PlanJson.LeftOutTenant(l.tenant().value(), l.reason()))
        .toList();
  }

  private static Map<String, Long> from(Plan plan) {
    return plan.moves().stream()
        .collect(
            Collectors.groupingBy(
                m -> m.from().map(ReleaseId::value).orElse(""),
                TreeMap::new,
                Collectors.counting()));
  }

  private static int regions(Plan plan, Fleet fleet) {
    return Math.toIntExact(
        plan.moves().stream()
            .flatMap(m -> fleet.tenant(m.tenant()).stream())
            .map(Tenant::region)
            .distinct()
            .count());
  }

  private static List<PlanJson.PlannedTrancheJson> tranches(Plan plan) {
    Map<StoreId, StorePlan> stores = plan.storesById();
    Set<StoreId> reached = new HashSet<>();
    List<PlanJson.PlannedTrancheJson> rows = new ArrayList<>();
    for (PlannedTranche tranche : plan.tranches()) {
      rows.add(
          new PlanJson.PlannedTrancheJson(
              tranche.number(),
              tranche.name(),
              tranche.who(),
              tranche.size(),
              tranche.batches().size(),
              strategies(tranche),
              work(tranche, stores, reached),
              GateWords.of(tranche),
              tranche.about()));
    }
    return rows;
  }

  private static List<String> strategies(PlannedTranche tranche) {
    return tranche.batches().stream().map(GateWords::of).distinct().toList();
  }

  /// What happens to the stores that this tranche is the first to reach, in the order of happening.
  /// A store that an earlier tranche has prepared needs nothing more.
  private static List<String> work(
      PlannedTranche tranche, Map<StoreId, StorePlan> stores, Set<StoreId> reached) {
    Set<String> words = new LinkedHashSet<>();
    List<Preparation> preparations =
        tranche.batches().stream()
            .flatMap(b -> b.moves().stream())
            .map(Move::stores)
            .flatMap(List::stream)
            .filter(reached::add)
            .map(stores::get)
            .filter(Objects::nonNull)
            .map(StorePlan::preparation)
            .toList();
    if (preparations.stream().anyMatch(p -> p.before().contains(Preparation.Work.PROVISION))) {
      words.add("provision");
    }
    preparations.stream()
        .flatMap(p -> p.migrations().stream())
        .map(MigrationRef::phase)
        .sorted()
        .forEach(phase -> words.add(phase.word()));
    return List.copyOf(words);
  }

  private static Optional<PlanJson.ContractJson> contract(Plan plan) {
    long stores = plan.stores().stream().filter(s -> !s.contract().isEmpty()).count();
    return stores == 0
        ? Optional.empty()
        : Optional.of(
            new PlanJson.ContractJson(Math.toIntExact(stores), GateWords.of(plan.contract())));
  }

  private static List<PlanJson.SchemaChangeJson> schema(Plan plan) {
    Map<MigrationRef, Integer> stores =
        new TreeMap<>(
            Comparator.comparing(MigrationRef::version)
                .thenComparing(MigrationRef::phase)
                .thenComparing(MigrationRef::description));
    for (StorePlan store : plan.stores()) {
      store.preparation().migrations().forEach(m -> stores.merge(m, 1, Integer::sum));
      store.contract().forEach(m -> stores.merge(m, 1, Integer::sum));
    }
    return stores.entrySet().stream().map(e -> json(e.getKey(), e.getValue())).toList();
  }

  private static PlanJson.SchemaChangeJson json(MigrationRef migration, int stores) {
    return new PlanJson.SchemaChangeJson(
        migration.version().value(), migration.description(), migration.phase().word(), stores);
  }
}
