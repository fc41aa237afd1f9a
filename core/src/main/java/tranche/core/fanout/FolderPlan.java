package tranche.core.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import tranche.core.fanout.ApplyOptions.OutOfOrder;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StoreHistory;
import tranche.core.release.SchemaVersion;

/// Which migrations of a folder a history still lacks.
///
/// Versions run ascending, then repeatable migrations whose text is another than the one that ran.
/// On a history without any version the newest baseline that is not past the target runs instead of
/// everything up to it. Nothing runs on a history that the folder does not explain.
final class FolderPlan {
  /// Of a schema in which nothing was ever run.
  static final StoreHistory EMPTY =
      new StoreHistory(HistoryKind.TRANCHE, 0, List.of(), Optional.empty());

  private final ApplyOptions options;
  private final NavigableMap<SchemaVersion, SourceMigration> versions = new TreeMap<>();
  private final NavigableMap<SchemaVersion, SourceMigration> baselines = new TreeMap<>();
  private final Map<MigrationKey, SourceMigration> repeatables = new HashMap<>();
  private final List<SourceMigration> inOrder;
  private final boolean runsAlways;

  FolderPlan(MigrationSet folder, ApplyOptions options) {
    this.options = options;
    this.inOrder = folder.migrations();
    for (SourceMigration migration : folder.migrations()) {
      switch (migration.key()) {
        case MigrationKey.Version(SchemaVersion version) -> {
          boolean isBaseline = migration.kind() == MigrationKind.BASELINE;
          (isBaseline ? baselines : versions).put(version, migration);
        }
        case MigrationKey.Repeatable key -> repeatables.put(key, migration);
      }
    }
    this.runsAlways =
        folder.callbacks().stream()
            .anyMatch(c ->
                c.event() == CallbackEvent.BEFORE_MIGRATE
                    || c.event() == CallbackEvent.AFTER_MIGRATE);
  }

  /// Why nothing can be planned with this folder, whatever the history.
  Optional<NeedProblem> problem() {
    return options
        .to()
        .filter(to -> !versions.containsKey(to) && !baselines.containsKey(to))
        .map(
            to -> new NeedProblem.NoSuchVersion(to, newest().map(Object::toString).orElse("none")));
  }

  private Optional<SchemaVersion> newest() {
    List<SchemaVersion> both = new ArrayList<>();
    if (!versions.isEmpty()) {
      both.add(versions.lastKey());
    }
    if (!baselines.isEmpty()) {
      both.add(baselines.lastKey());
    }
    return both.stream().max(Comparator.naturalOrder());
  }

  StoreNeed need(StoreReading reading) {
    return switch (reading) {
      case StoreReading.NotThere _ -> new StoreNeed.NotThere();
      case StoreReading.Unreadable(var problem) -> new StoreNeed.Unreadable(problem);
      case StoreReading.Unmanaged(var others, var isEmpty) when others.isEmpty() && isEmpty ->
          need(EMPTY);
      case StoreReading.Unmanaged(var others, _) ->
          new StoreNeed.Refused(new NeedProblem.NotAdopted(others));
      case StoreReading.Managed managed -> need(managed.history());
    };
  }

  private StoreNeed need(StoreHistory history) {
    Past past = Past.of(history);
    Optional<NeedProblem> problem =
        problem().or(() -> unexplained(past)).or(() -> changed(history)).or(() -> halfway(history));
    if (problem.isPresent()) {
      return new StoreNeed.Refused(problem.get());
    }
    List<SourceMigration> pending = pending(past, history);
    Optional<NeedProblem> order = outOfOrder(pending, past, history);
    if (order.isPresent()) {
      return new StoreNeed.Refused(order.get());
    }
    pending.addAll(changedRepeatables(history));
    List<SourceMigration> all = halfwayFirst(pending, history);
    if (all.isEmpty() && !runsAlways) {
      boolean isBeyond = options.to().filter(to -> past.newest().isAfter(to)).isPresent();
      return new StoreNeed.UpToDate(past.newest(), isBeyond);
    }
    return new StoreNeed.Migrations(history, all, reached(past, all));
  }

  /// What a history says about versions.
  ///
  /// @param covered versions up to this one need not have rows: a baseline stands for them
  /// @param newest of all versions; NONE without any
  private record Past(
      NavigableMap<SchemaVersion, AppliedMigration> rows,
      SchemaVersion covered,
      SchemaVersion newest) {
    static Past of(StoreHistory history) {
      NavigableMap<SchemaVersion, AppliedMigration> rows = new TreeMap<>();
      SchemaVersion covered = SchemaVersion.NONE;
      for (AppliedMigration row : history.applied()) {
        if (row.key() instanceof MigrationKey.Version(SchemaVersion version)) {
          rows.put(version, row);
          covered = row.isBaseline() && version.isAfter(covered) ? version : covered;
        }
      }
      return new Past(rows, covered, rows.isEmpty() ? SchemaVersion.NONE : rows.lastKey());
    }

    boolean has(SchemaVersion version) {
      return rows.containsKey(version) || !version.isAfter(covered);
    }
  }

  /// Versions that the folder's own baselines stand for may be missing in it: their files were
  /// folded into the baseline.
  private Optional<NeedProblem> unexplained(Past past) {
    SchemaVersion folded = baselines.isEmpty() ? SchemaVersion.NONE : baselines.lastKey();
    SchemaVersion last = newest().orElse(SchemaVersion.NONE);
    List<SchemaVersion> unknown = new ArrayList<>();
    past.rows()
        .forEach((version, row) -> {
          boolean isKnown =
              versions.containsKey(version)
                  || row.checksum().equals(AppliedMigration.OPAQUE)
                  || !version.isAfter(folded)
                  || (row.isBaseline() && !version.isAfter(last));
          if (!isKnown) {
            unknown.add(version);
          }
        });
    return unknown.isEmpty() ? Optional.empty() : Optional.of(new NeedProblem.StoreAhead(unknown));
  }

  private Optional<NeedProblem> changed(StoreHistory history) {
    for (AppliedMigration row : history.applied()) {
      if (row.key() instanceof MigrationKey.Version(SchemaVersion version)) {
        SourceMigration script = (row.isBaseline() ? baselines : versions).get(version);
        if (script != null && !row.matches(script.up())) {
          return Optional.of(
              new NeedProblem.MigrationChanged(
                  row.key(), script.up().name(), row.checksum(), script.up().sha256()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<NeedProblem> halfway(StoreHistory history) {
    return history
        .halfway()
        .flatMap(begun -> {
          Optional<SourceMigration> script = begun(history);
          if (script.isEmpty()) {
            return Optional.of(
                new NeedProblem.HalfwayChanged(begun.key(), begun.done(), begun.total()));
          }
          return isPastTarget(script.get())
              ? Optional.of(
                  new NeedProblem.HalfwayStands(
                      begun.key(),
                      begun.done(),
                      begun.total(),
                      "version " + options.to().orElseThrow()))
              : Optional.empty();
        });
  }

  private boolean isPastTarget(SourceMigration migration) {
    return migration.key() instanceof MigrationKey.Version(SchemaVersion version)
        && options.to().filter(version::isAfter).isPresent();
  }

  private Optional<SourceMigration> begun(StoreHistory history) {
    return history
        .halfway()
        .flatMap(begun ->
            inOrder.stream()
                .filter(m -> m.key().equals(begun.key()))
                .filter(m -> m.up().sha256().equals(begun.checksum()))
                .findFirst());
  }

  private List<SourceMigration> pending(Past past, StoreHistory history) {
    List<SourceMigration> pending = new ArrayList<>();
    SchemaVersion from = SchemaVersion.NONE;
    boolean mayUseBaseline = past.rows().isEmpty() && begun(history).isEmpty();
    var newest =
        options.to().isPresent() ? baselines.floorEntry(options.to().get()) : baselines.lastEntry();
    if (mayUseBaseline && newest != null) {
      pending.add(newest.getValue());
      from = newest.getKey();
    }
    for (var entry : versions.tailMap(from, false).entrySet()) {
      if (!past.has(entry.getKey()) && !isPastTarget(entry.getValue())) {
        pending.add(entry.getValue());
      }
    }
    return pending;
  }

  private Optional<NeedProblem> outOfOrder(
      List<SourceMigration> pending, Past past, StoreHistory history) {
    if (options.order() == OutOfOrder.ALLOWED) {
      return Optional.empty();
    }
    Optional<SourceMigration> begun = begun(history);
    List<SchemaVersion> missing = new ArrayList<>();
    for (SourceMigration migration : pending) {
      if (migration.key() instanceof MigrationKey.Version(SchemaVersion version)
          && past.newest().isAfter(version)
          && begun.filter(migration::equals).isEmpty()) {
        missing.add(version);
      }
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(new NeedProblem.OutOfOrder(missing, past.newest()));
  }

  private List<SourceMigration> changedRepeatables(StoreHistory history) {
    Map<MigrationKey, AppliedMigration> ran = new HashMap<>();
    history.applied().forEach(row -> ran.put(row.key(), row));
    return inOrder.stream()
        .filter(m -> repeatables.containsKey(m.key()))
        .filter(m -> {
          AppliedMigration row = ran.get(m.key());
          return row == null || !row.matches(m.up());
        })
        .toList();
  }

  private List<SourceMigration> halfwayFirst(List<SourceMigration> pending, StoreHistory history) {
    Optional<SourceMigration> begun = begun(history);
    if (begun.isEmpty()) {
      return pending;
    }
    List<SourceMigration> ordered = new ArrayList<>();
    ordered.add(begun.get());
    pending.stream().filter(m -> !m.key().equals(begun.get().key())).forEach(ordered::add);
    return ordered;
  }

  private static SchemaVersion reached(Past past, List<SourceMigration> migrations) {
    SchemaVersion reached = past.newest();
    for (SourceMigration migration : migrations) {
      if (migration.key() instanceof MigrationKey.Version(SchemaVersion version)
          && version.isAfter(reached)) {
        reached = version;
      }
    }
    return reached;
  }
}
