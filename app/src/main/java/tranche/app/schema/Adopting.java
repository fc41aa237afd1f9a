package tranche.app.schema;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tranche.app.cli.Surroundings;
import tranche.app.schema.Adopted.Result;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.core.adopt.AdoptionDecision;
import tranche.core.adopt.AdoptionRules;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.ProblemException;
import tranche.core.release.SchemaVersion;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.StoreAccess;
import tranche.postgres.adopt.Adopter;
import tranche.postgres.adopt.Baseline;
import tranche.postgres.fanout.HistoryTakeover;
import tranche.postgres.fanout.Takeover;

/// Looks at stores that are to be adopted, then takes them over.
final class Adopting {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final StoreHistory NOTHING =
      new StoreHistory(HistoryKind.TRANCHE, 0, List.of(), Optional.empty());

  private final Targets targets;
  private final Folders folders;
  private final Wish wish;
  private final Surroundings surroundings;
  private final StoreAccess access;
  private final Map<String, Adopter> adopters;
  private final Understanding understanding = new Understanding(Set.of());

  /// Whether something is written.
  enum Mode {
    LOOK,
    TAKE
  }

  /// What the person who adopts has said.
  ///
  /// @param rules what names in histories mean
  /// @param from whose history counts where a store has several
  /// @param at the version of stores without a history
  record Wish(AdoptionRules rules, Optional<HistoryKind> from, Optional<SchemaVersion> at) {}

  Adopting(Targets targets, Folders folders, Wish wish, Surroundings surroundings) {
    this.targets = targets;
    this.folders = folders;
    this.wish = wish;
    this.surroundings = surroundings;
    this.access = Stores.access(targets.directory());
    this.adopters = Stores.adopters(targets.directory(), folders, wish.rules());
  }

  /// What would become of each store.
  List<Adopted> look() throws InterruptedException {
    Map<StoreId, StoreReading> readings = Scan.read(access, targets.stores());
    Map<StoreId, Result> results = new HashMap<>();
    Map<DatabaseId, List<TargetStore>> structures = new TreeMap<>();
    Map<HistoryKind, List<TargetStore>> histories = new TreeMap<>();
    for (TargetStore store : targets.stores()) {
      StoreReading reading = readings.getOrDefault(store.store(), new StoreReading.NotThere());
      switch (reading) {
        case StoreReading.Managed(StoreHistory history, _) ->
            results.put(
                store.store(),
                new Result.Already(history.kind().word(), StoreState.version(history)));
        case StoreReading.NotThere _ -> results.put(store.store(), new Result.Missing());
        case StoreReading.Unreadable(var problem) ->
            results.put(
                store.store(), new Result.Refused(Optional.empty(), List.of(problem.what())));
        case StoreReading.Unmanaged(List<HistoryKind> others, boolean isEmpty) -> {
          Optional<HistoryKind> kind = kind(others);
          if (kind.isPresent()) {
            histories.computeIfAbsent(kind.get(), _ -> new ArrayList<>()).add(store);
          } else if (!others.isEmpty()) {
            results.put(store.store(), several(others));
          } else if (isEmpty) {
            results.put(store.store(), new Result.Empty());
          } else {
            structures.computeIfAbsent(store.store().database(), _ -> new ArrayList<>()).add(store);
          }
        }
      }
    }
    histories.forEach((kind, stores) -> examine(kind, stores, results));
    structures.forEach((database, stores) -> compare(database, stores, results));
    return targets.stores().stream()
        .map(store -> new Adopted(store, results.getOrDefault(store.store(), new Result.Missing())))
        .toList();
  }

  private Optional<HistoryKind> kind(List<HistoryKind> others) {
    return wish.from()
        .filter(others::contains)
        .or(() -> others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty());
  }

  private static Result several(List<HistoryKind> others) {
    return new Result.Refused(
        Optional.empty(),
        List.of(
            "it has several histories ("
                + String.join(", ", others.stream().map(HistoryKind::word).toList())
                + "): say which one counts (--from)"));
  }

  private void examine(HistoryKind kind, List<TargetStore> stores, Map<StoreId, Result> results) {
    Map<DatabaseId, Map<String, List<StoreId>>> byDatabase = new TreeMap<>();
    for (TargetStore store : stores) {
      byDatabase
          .computeIfAbsent(store.store().database(), _ -> new TreeMap<>())
          .computeIfAbsent(Folders.setOf(store), _ -> new ArrayList<>())
          .add(store.store());
    }
    byDatabase.forEach((database, sets) ->
        sets.forEach((set, ids) -> {
          try {
            adopter(set)
                .examine(database, kind, ids)
                .forEach((id, found) -> results.put(id, result(found)));
          } catch (ProblemException e) {
            var refused = new Result.Refused(Optional.of(kind.word()), List.of(e.problem().what()));
            ids.forEach(id -> results.put(id, refused));
          }
        }));
  }

  private static Result result(Adopter.Found found) {
    return switch (found.decision()) {
      case AdoptionDecision.Adopt adopt ->
          new Result.Takable(found.kind().word(), adopt, NOTHING, found.mark());
      case AdoptionDecision.Refuse(List<String> reasons) ->
          new Result.Refused(Optional.of(found.kind().word()), reasons);
    };
  }

  private void compare(
      DatabaseId database, List<TargetStore> stores, Map<StoreId, Result> results) {
    Map<String, List<TargetStore>> bySet = new TreeMap<>();
    stores.forEach(s -> bySet.computeIfAbsent(Folders.setOf(s), _ -> new ArrayList<>()).add(s));
    bySet.forEach((set, ofSet) -> {
      var comparison =
          new Baseline(
              targets.directory(), folders.folder(set), folders.searchPath(), understanding::whole);
      List<StoreId> ids = ofSet.stream().map(TargetStore::store).toList();
      Map<StoreId, AdoptionDecision> found =
          wish.at()
              .map(version -> comparison.stated(ids, version))
              .orElseGet(() -> comparison.compared(database, ids));
      found.forEach((id, decision) ->
          results.put(
              id,
              switch (decision) {
                case AdoptionDecision.Adopt adopt ->
                    new Result.Takable(Baseline.TOOL, adopt, NOTHING, "");
                case AdoptionDecision.Refuse(List<String> reasons) ->
                    new Result.Refused(Optional.of(Baseline.TOOL), reasons);
              }));
    });
  }

  private Adopter adopter(String set) {
    Adopter adopter = adopters.get(set);
    if (adopter == null) {
      throw new IllegalStateException("no folder for set " + set);
    }
    return adopter;
  }

  /// Takes over what can be.
  List<Adopted> take(List<Adopted> looked) {
    RunId run = RunIds.next(surroundings.clock().instant());
    var context =
        new RunContext(
            run,
            surroundings.person(),
            ChangeLimits.ORDINARY,
            List.of(),
            Map.of(),
            Map.of(),
            Hooks.NONE);
    Map<DatabaseId, HistoryTakeover> open = new HashMap<>();
    try {
      return looked.stream().map(adopted -> taken(adopted, context, open)).toList();
    } finally {
      open.values().forEach(HistoryTakeover::close);
      open.keySet().forEach(database -> access.release(database, run));
    }
  }

  private Adopted taken(
      Adopted adopted, RunContext context, Map<DatabaseId, HistoryTakeover> open) {
    if (!(adopted.result() instanceof Result.Takable takable)) {
      return adopted;
    }
    StoreId id = adopted.store().store();
    try {
      HistoryTakeover history =
          open.computeIfAbsent(
              id.database(),
              database -> {
                access.lease(database, context.run(), LEASE);
                return HistoryTakeover.open(targets.directory().access(database), context);
              });
      Takeover takeover =
          adopter(Folders.setOf(adopted.store()))
              .takeover(id, takable.before(), takable.adopt(), takable.mark());
      return switch (history.take(id, takeover)) {
        case TAKEN -> adopted;
        case MOVED -> refused(adopted, takable, "it has changed meanwhile: adopt it again");
        case BUSY -> refused(adopted, takable, "somebody is changing it: adopt it again later");
      };
    } catch (ProblemException e) {
      return refused(adopted, takable, e.problem().what());
    }
  }

  private static Adopted refused(Adopted adopted, Result.Takable takable, String reason) {
    return adopted.with(new Result.Refused(Optional.of(takable.tool()), List.of(reason)));
  }
}
