package tranche.engine.fanout;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StoreSet;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.fleet.StoreId;
import tranche.core.migration.Requirement;
import tranche.core.migration.SourceMigration;
import tranche.core.release.SchemaVersion;

/// How far each set is, as far as others wait for it: its store that is furthest behind, and the
/// first that failed. Safe for use by many threads.
final class SetProgress {
  private final Map<String, Standing> standings = new HashMap<>();
  private final Map<String, Set<String>> comeBefore = new HashMap<>();

  private record Lowest(StoreId store, SchemaVersion version) {}

  private record Standing(Optional<Lowest> lowest, Optional<StoreId> failed) {
    static final Standing EMPTY = new Standing(Optional.empty(), Optional.empty());
  }

  SetProgress(List<StoreSet> sets) {
    for (StoreSet set : sets) {
      Set<String> before = new HashSet<>(set.after());
      if (set.role() == Role.TENANT) {
        sets.stream().filter(s -> s.role() == Role.SHARED).map(StoreSet::name).forEach(before::add);
      }
      comeBefore.put(set.name(), Set.copyOf(before));
    }
  }

  /// A store stands where it will stay.
  synchronized void stands(String set, StoreId store, SchemaVersion version) {
    standings.merge(
        set,
        new Standing(Optional.of(new Lowest(store, version)), Optional.empty()),
        (old, now) -> {
          boolean isLower = old.lowest().filter(l -> !l.version().isAfter(version)).isEmpty();
          return new Standing(isLower ? now.lowest() : old.lowest(), old.failed());
        });
  }

  /// A store failed, or could not be begun, and stands where it was.
  synchronized void failed(String set, StoreId store, SchemaVersion version) {
    stands(set, store, version);
    Standing standing = standings.getOrDefault(set, Standing.EMPTY);
    standings.put(
        set, new Standing(standing.lowest(), standing.failed().or(() -> Optional.of(store))));
  }

  /// What keeps a store of that set from beginning, if anything does.
  synchronized Optional<Blocker> blocker(String set, StoreNeed need) {
    for (String before : comeBefore.getOrDefault(set, Set.of())) {
      Optional<StoreId> failed = standings.getOrDefault(before, Standing.EMPTY).failed();
      if (failed.isPresent()) {
        return Optional.of(new Blocker.SetFailed(before, failed.get()));
      }
    }
    if (need instanceof StoreNeed.Migrations(_, List<SourceMigration> migrations, _)) {
      return migrations.stream()
          .flatMap(m -> m.requires().stream())
          .flatMap(r -> unmet(r).stream())
          .findFirst();
    }
    return Optional.empty();
  }

  private Optional<Blocker> unmet(Requirement requirement) {
    return standings
        .getOrDefault(requirement.store(), Standing.EMPTY)
        .lowest()
        .filter(l -> requirement.version().isAfter(l.version()))
        .map(l -> new Blocker.RequirementUnmet(requirement, l.store(), l.version()));
  }
}
