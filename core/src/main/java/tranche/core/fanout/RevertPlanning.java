package tranche.core.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tranche.core.fanout.RevertOptions.DataLoss;
import tranche.core.fanout.RevertOptions.Scope;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaVersion;

/// Which migrations are to be taken back on a store, worked out once for each distinct history.
/// What cannot be taken back is named before anything runs: one migration without an undo refuses
/// the whole store, because stopping in the middle would leave it where nobody asked for. May be
/// used by several threads.
public final class RevertPlanning {
  private static final int MOST_REMEMBERED = 10_000;

  private final RevertOptions options;
  private final Map<Shape, StoreNeed> known = new ConcurrentHashMap<>();

  private record Shape(StoreHistory history, List<KeptUndo> undos) {}

  /// Planning for this request.
  public RevertPlanning(RevertOptions options) {
    this.options = options;
  }

  /// What a store needs that was read like this.
  ///
  /// @param undos what its history keeps, the latest first
  public StoreNeed need(StoreReading reading, List<KeptUndo> undos) {
    return switch (reading) {
      case StoreReading.NotThere _ -> new StoreNeed.NotThere();
      case StoreReading.Unreadable(var problem) -> new StoreNeed.Unreadable(problem);
      case StoreReading.Unmanaged(var others, var isEmpty) when others.isEmpty() && isEmpty ->
          new StoreNeed.UpToDate(SchemaVersion.NONE, false);
      case StoreReading.Unmanaged(var others, _) ->
          new StoreNeed.Refused(new NeedProblem.NotAdopted(others));
      case StoreReading.Managed(StoreHistory history, _) -> remembered(history, undos);
    };
  }

  private StoreNeed remembered(StoreHistory history, List<KeptUndo> undos) {
    Shape shape = new Shape(history, List.copyOf(undos));
    StoreNeed before = known.get(shape);
    if (before != null) {
      return before;
    }
    return known.size() < MOST_REMEMBERED
        ? known.computeIfAbsent(shape, s -> compute(s.history(), s.undos()))
        : compute(history, undos);
  }

  private StoreNeed compute(StoreHistory history, List<KeptUndo> undos) {
    List<KeptUndo> back = chosen(undos);
    if (history.halfway().isPresent()) {
      StoreHistory.Halfway begun = history.halfway().get();
      return new StoreNeed.Refused(
          new NeedProblem.HalfwayStands(begun.key(), begun.done(), begun.total(), "the revert"));
    }
    if (back.isEmpty()) {
      return new StoreNeed.UpToDate(newest(undos), false);
    }
    return refused(undos, back)
        .<StoreNeed>map(StoreNeed.Refused::new)
        .orElseGet(() ->
            new StoreNeed.Undoing(
                history, back.stream().map(KeptUndo::key).toList(), losses(back)));
  }

  private List<KeptUndo> chosen(List<KeptUndo> undos) {
    return switch (options.scope()) {
      case Scope.DownTo(SchemaVersion version) ->
          undos.stream().filter(u -> isVersion(u, version)).toList();
      case Scope.Last(int count) ->
          undos.stream().filter(u -> isVersion(u, SchemaVersion.NONE)).limit(count).toList();
      case Scope.Run(String run) -> undos.stream().filter(u -> u.run().equals(run)).toList();
    };
  }

  private static boolean isVersion(KeptUndo undo, SchemaVersion above) {
    return undo.key() instanceof MigrationKey.Version(SchemaVersion version)
        && (version.isAfter(above) || above.equals(SchemaVersion.NONE));
  }

  private Optional<NeedProblem> refused(List<KeptUndo> all, List<KeptUndo> back) {
    return onTop(all, back).or(() -> unknown(back)).or(() -> losing(back));
  }

  /// A migration that stays may have been built on one that goes.
  private static Optional<NeedProblem> onTop(List<KeptUndo> all, List<KeptUndo> back) {
    KeptUndo oldest = back.getLast();
    List<MigrationKey> staying = new ArrayList<>();
    for (KeptUndo undo : all) {
      if (undo.equals(oldest)) {
        break;
      }
      if (!back.contains(undo) && undo.key() instanceof MigrationKey.Version) {
        staying.add(undo.key());
      }
    }
    return staying.isEmpty()
        ? Optional.empty()
        : Optional.of(new UndoProblem.NotTheLatest(oldest.key(), staying));
  }

  private static Optional<NeedProblem> unknown(List<KeptUndo> back) {
    List<UndoProblem.Reason> reasons = new ArrayList<>();
    for (KeptUndo undo : back) {
      if (undo.isBaseline()) {
        reasons.add(new UndoProblem.Reason(undo.key(), "it stands for everything before Tranche"));
      } else if (undo.undo() instanceof Undo.Unknown(String why)) {
        reasons.add(new UndoProblem.Reason(undo.key(), why));
      }
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(new UndoProblem.UndoUnknown(reasons));
  }

  private Optional<NeedProblem> losing(List<KeptUndo> back) {
    List<String> losses = losses(back);
    return losses.isEmpty() || options.loss() == DataLoss.ACCEPTED
        ? Optional.empty()
        : Optional.of(new UndoProblem.UndoLosesData(losses));
  }

  private static List<String> losses(List<KeptUndo> back) {
    return back.stream()
        .filter(u -> u.undo() instanceof Undo.Statements)
        .flatMap(
            u -> ((Undo.Statements) u.undo()).loses().stream().map(lost -> u.key() + ": " + lost))
        .toList();
  }

  private static SchemaVersion newest(List<KeptUndo> undos) {
    return undos.stream()
        .map(KeptUndo::key)
        .filter(MigrationKey.Version.class::isInstance)
        .map(key -> ((MigrationKey.Version) key).version())
        .max(Comparator.naturalOrder())
        .orElse(SchemaVersion.NONE);
  }
}
