package tranche.app.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fanout.StoreNeed;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.Undo;
import tranche.core.structure.StructureDiff;
import tranche.postgres.structure.CopyGap;
import tranche.postgres.structure.RehearsalOutcome;
import tranche.postgres.structure.StoreStructures;

/// Tries what a plan would run on a copy of one store of each past, the commonest pasts first.
record Rehearsing(StoreStructures structures, Understanding understanding, List<String> path) {
  private static final int MOST = 5;
  private static final int DETAILS = 10;

  List<RehearsalJson> of(Needs needs) {
    return needs.shapes().stream()
        .filter(Needs.Shape::isMoving)
        .sorted(Comparator.comparingInt((Needs.Shape s) -> s.stores().size()).reversed())
        .limit(MOST)
        .map(this::rehearse)
        .toList();
  }

  private RehearsalJson rehearse(Needs.Shape shape) {
    List<CompiledMigration> known = known(shape);
    TargetStore sample = shape.stores().getFirst();
    List<String> runs = known.stream().map(m -> m.key().toString()).toList();
    if (known.isEmpty()) {
      List<String> why = List.of("the first migration cannot be taken back");
      return new RehearsalJson(sample.label(), runs, "not-tried", Optional.empty(), why);
    }
    RehearsalOutcome outcome =
        structures.rehearse(sample.store(), known.stream().map(Steps::step).toList(), path);
    List<String> details = new ArrayList<>(details(outcome));
    outcome.gaps().stream().limit(DETAILS).map(CopyGap::sentence).forEach(details::add);
    return new RehearsalJson(sample.label(), runs, word(outcome), step(outcome), details);
  }

  /// The migrations up to the first that nothing takes back: what comes after it cannot be undone
  /// either.
  private List<CompiledMigration> known(Needs.Shape shape) {
    List<CompiledMigration> known = new ArrayList<>();
    if (shape.need() instanceof StoreNeed.Migrations(_, var migrations, _)) {
      for (SourceMigration migration : migrations) {
        CompiledMigration compiled = understanding.whole(migration);
        if (compiled.undo() instanceof Undo.Unknown) {
          break;
        }
        known.add(compiled);
      }
    }
    return known;
  }

  private static String word(RehearsalOutcome outcome) {
    return switch (outcome) {
      case RehearsalOutcome.Restored _ -> "restored";
      case RehearsalOutcome.NotRestored _ -> "not-restored";
      case RehearsalOutcome.ForwardFailed _ -> "failed";
      case RehearsalOutcome.UndoFailed _ -> "undo-failed";
    };
  }

  private static Optional<String> step(RehearsalOutcome outcome) {
    return switch (outcome) {
      case RehearsalOutcome.Restored _ -> Optional.empty();
      case RehearsalOutcome.NotRestored(var step, _, _, _) -> Optional.of(step);
      case RehearsalOutcome.ForwardFailed(var step, _, _, _) -> Optional.of(step);
      case RehearsalOutcome.UndoFailed(var step, _, _, _) -> Optional.of(step);
    };
  }

  private static List<String> details(RehearsalOutcome outcome) {
    return switch (outcome) {
      case RehearsalOutcome.Restored(_, var reordered, _) ->
          reordered.stream().map(StructureDiff.Reordered::sentence).toList();
      case RehearsalOutcome.NotRestored(_, _, var diff, _) -> diff.sentences(DETAILS);
      case RehearsalOutcome.ForwardFailed(_, _, var problem, _) -> List.of(problem.what());
      case RehearsalOutcome.UndoFailed(_, _, var problem, _) -> List.of(problem.what());
    };
  }
}
