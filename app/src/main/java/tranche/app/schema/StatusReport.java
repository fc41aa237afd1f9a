package tranche.app.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.api.schema.FolderJson;
import tranche.api.schema.LeftOutStoresJson;
import tranche.api.schema.SchemaStatusJson;
import tranche.api.schema.StoreGroupJson;
import tranche.api.schema.StoreStatusJson;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StorePlanning;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.StoreId;

/// Makes groups of stores from what was read of each.
///
/// @param states in the order of the stores
record StatusReport(Targets targets, Map<TargetStore, StoreState> states) {
  private static final int EXAMPLES = 5;
  private static final List<String> ORDER =
      List.of(
          "current",
          "behind",
          "halfway",
          "empty",
          "failed",
          "refused",
          "not-adopted",
          "unreadable",
          "not-there");

  /// Compares what was read with the folders, if there are any.
  static StatusReport of(
      Targets targets, Map<StoreId, StoreReading> readings, Optional<Folders> folders) {
    Map<String, StorePlanning> plannings = new LinkedHashMap<>();
    folders.ifPresent(f ->
        f.sets()
            .forEach(set ->
                plannings.put(
                    set.name(), new StorePlanning(set.reading().set(), ApplyOptions.LATEST))));
    Map<TargetStore, StoreState> states = new LinkedHashMap<>();
    for (TargetStore store : targets.stores()) {
      StoreReading reading = readings.getOrDefault(store.store(), new StoreReading.NotThere());
      Optional<StoreNeed> need =
          Optional.ofNullable(plannings.get(Folders.setOf(store))).map(p -> p.need(reading));
      states.put(store, StoreState.of(reading, need));
    }
    return new StatusReport(targets, states);
  }

  /// The same with those stores only that somebody has to look at.
  StatusReport troubled() {
    Map<TargetStore, StoreState> troubled = new LinkedHashMap<>(states);
    troubled.values().removeIf(state -> !state.isTrouble());
    return new StatusReport(targets, troubled);
  }

  /// Whether all stores are where they should be.
  boolean isFine() {
    return states.values().stream().allMatch(StoreState::isFine);
  }

  SchemaStatusJson json(List<FolderJson> folders) {
    return new SchemaStatusJson(targets.name(), folders, states.size(), groups(), leftOut(targets));
  }

  static LeftOutStoresJson leftOut(Targets targets) {
    return new LeftOutStoresJson(
        targets.leftOut().size(),
        targets.leftOut().stream()
            .limit(LeftOutStoresJson.LISTED)
            .map(l -> new LeftOutStoresJson.Item(l.who(), l.reason()))
            .toList());
  }

  private static final class Group {
    private final StoreState state;
    private final List<String> examples = new ArrayList<>();
    private long count;

    Group(StoreState state) {
      this.state = state;
    }

    void add(String name) {
      count++;
      if (examples.size() < EXAMPLES) {
        examples.add(name);
      }
    }
  }

  private List<StoreGroupJson> groups() {
    Map<Object, Group> groups = new LinkedHashMap<>();
    states.forEach((store, state) ->
        groups.computeIfAbsent(key(store, state), _ -> new Group(state)).add(name(store)));
    return groups.values().stream()
        .sorted(
            Comparator.comparingInt((Group g) -> ORDER.indexOf(g.state.word()))
                .thenComparingLong(g -> -g.count))
        .map(StatusReport::json)
        .toList();
  }

  /// What failed for one reason is one group, though the words name each store.
  private static Object key(TargetStore store, StoreState state) {
    List<String> said =
        state.problem().stream()
            .map(p -> p.what().replace(store.store().toString(), "").replaceAll("[0-9]+", "#"))
            .toList();
    return List.of(state.word(), state.version(), state.lacking(), said);
  }

  private static StoreGroupJson json(Group group) {
    return new StoreGroupJson(
        group.state.word(),
        group.state.version(),
        group.count,
        group.state.named(),
        group.state.lacking().size(),
        group.state.recorded(),
        group.examples);
  }

  /// How a store is called where there is little room.
  static String name(TargetStore store) {
    return store.label();
  }

  List<StoreStatusJson> stores() {
    List<StoreStatusJson> stores = new ArrayList<>(states.size());
    states.forEach((store, state) ->
        stores.add(
            new StoreStatusJson(
                store.store().toString(),
                store.tenant(),
                store.tier(),
                state.word(),
                state.version(),
                state.named(),
                state.lacking().size(),
                state.recorded())));
    return stores;
  }
}
