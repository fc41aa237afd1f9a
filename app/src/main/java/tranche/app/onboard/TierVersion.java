package tranche.app.onboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tranche.app.schema.StoreState;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.Fleet;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.StoreRole;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantStatus;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.StoreHistory;
import tranche.core.release.SchemaVersion;
import tranche.engine.fanout.StoreAccess;
import tranche.postgres.adopt.OtherHistory;

/// At which versions the stores of a tier are.
///
/// Those of active tenants count: a run over the tier leaves the others where they are. Only where
/// no active tenant has a store yet, the others count.
///
/// @param byVersion the stores at each version, the lowest first
/// @param otherTool a store that another tool goes on using, and that tool
record TierVersion(
    String tier,
    Map<SchemaVersion, List<StoreId>> byVersion,
    Optional<Map.Entry<StoreId, HistoryKind>> otherTool) {
  TierVersion {
    byVersion = java.util.Collections.unmodifiableMap(new TreeMap<>(byVersion));
  }

  /// Reads the stores of the tier's other tenants.
  ///
  /// @throws tranche.core.problem.ProblemException if one cannot be read, or has contents without a
  ///   history: [AddProblem.TierNotAdopted]
  static TierVersion read(Fleet fleet, Tenant newcomer, StoreAccess access) {
    try {
      List<StoreId> active = stores(fleet, newcomer, List.of(TenantStatus.Active.class));
      TierVersion of = of(newcomer.tier(), read(active, access));
      if (!of.byVersion().isEmpty()) {
        return of;
      }
      List<StoreId> others =
          stores(fleet, newcomer, List.of(TenantStatus.Held.class, TenantStatus.Suspended.class));
      return of(newcomer.tier(), read(others, access));
    } finally {
      access.disconnect();
    }
  }

  private static List<StoreId> stores(
      Fleet fleet, Tenant newcomer, Collection<Class<? extends TenantStatus>> kinds) {
    return fleet.tenants().stream()
        .filter(t -> t.tier().equals(newcomer.tier()) && !t.id().equals(newcomer.id()))
        .filter(t -> kinds.contains(t.status().getClass()))
        .flatMap(t -> own(t).stream())
        .toList();
  }

  /// The stores that belong to one tenant alone.
  static List<StoreId> own(Tenant tenant) {
    return switch (tenant.placement().model()) {
      case ROW -> List.of();
      case SCHEMA, DATABASE -> tenant.placement().storeIds();
      case HYBRID ->
          tenant.placement().stores().stream()
              .filter(use -> use.role() != StoreRole.SHARED)
              .map(use -> use.store())
              .toList();
    };
  }

  private static Map<StoreId, StoreReading> read(List<StoreId> stores, StoreAccess access) {
    Map<DatabaseId, List<StoreId>> byDatabase =
        stores.stream()
            .collect(
                Collectors.groupingBy(StoreId::database, LinkedHashMap::new, Collectors.toList()));
    Map<StoreId, StoreReading> readings = new TreeMap<>();
    byDatabase.forEach((database, some) -> readings.putAll(access.read(database, some)));
    return readings;
  }

  private static TierVersion of(String tier, Map<StoreId, StoreReading> readings) {
    Map<SchemaVersion, List<StoreId>> byVersion = new TreeMap<>();
    Optional<Map.Entry<StoreId, HistoryKind>> other = Optional.empty();
    for (var entry : readings.entrySet()) {
      switch (entry.getValue()) {
        case StoreReading.Managed(StoreHistory history, _) -> {
          SchemaVersion version = version(history);
          if (!version.equals(SchemaVersion.NONE)) {
            byVersion.computeIfAbsent(version, _ -> new ArrayList<>()).add(entry.getKey());
          }
          if (OtherHistory.isKept(history.kind())) {
            other = Optional.of(Map.entry(entry.getKey(), history.kind()));
          }
        }
        case StoreReading.Unmanaged(var kinds, boolean isEmpty) -> {
          if (!kinds.isEmpty() || !isEmpty) {
            String found = kinds.isEmpty() ? "tables" : "the history of " + kinds.getFirst().word();
            throw new AddProblem.TierNotAdopted(tier, entry.getKey().toString(), found).exception();
          }
        }
        case StoreReading.NotThere _ -> {
          // It is on the list and was never made: it says nothing of the others.
        }
        case StoreReading.Unreadable(var problem) -> throw problem.exception();
      }
    }
    return new TierVersion(tier, byVersion, other);
  }

  private static SchemaVersion version(StoreHistory history) {
    return StoreState.version(history).map(SchemaVersion::new).orElse(SchemaVersion.NONE);
  }

  /// The one version that all are at; empty if there is no store.
  ///
  /// @throws tranche.core.problem.ProblemException [AddProblem.TierVersionsDiffer]
  Optional<SchemaVersion> only() {
    if (byVersion.size() > 1) {
      List<String> words = words();
      throw new AddProblem.TierVersionsDiffer(tier, words.get(0), words.get(1)).exception();
    }
    return byVersion.keySet().stream().findFirst();
  }

  /// How many are where, the most first.
  List<String> words() {
    return byVersion.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<SchemaVersion, List<StoreId>> e) -> e.getValue().size())
                .reversed())
        .map(e ->
            "%,d at V%s (%s)".formatted(e.getValue().size(), e.getKey(), e.getValue().getFirst()))
        .toList();
  }

  int count() {
    return byVersion.values().stream().mapToInt(List::size).sum();
  }
}
