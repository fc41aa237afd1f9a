package tranche.app.schema;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fanout.StoreNeed;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.TouchedObject;
import tranche.core.migration.Undo;
import tranche.core.problem.ProblemException;
import tranche.core.structure.StructureDiff;
import tranche.engine.fanout.FanoutPlan;
import tranche.postgres.structure.CopyGap;
import tranche.postgres.structure.Rehearsal.Limits;
import tranche.postgres.structure.RehearsalOutcome;
import tranche.postgres.structure.StoreStructures;
import tranche.postgres.structure.StructureProblem;

/// Tries what would run on a copy of one store of each past, the commonest pasts first, within a
/// time for all of them.
record Rehearsing(
    StoreStructures structures, Understanding understanding, List<String> path, Duration time) {
  private static final int MOST = 3;
  private static final int DETAILS = 10;

  /// What a run spends on it unasked.
  static final Duration UNASKED = Duration.ofSeconds(3);

  /// What may be spent on it where it was asked for.
  static final Duration ASKED = Duration.ofMinutes(1);

  /// Stores that need the same.
  ///
  /// @param first one of them
  /// @param label how that one is called
  record Sample(StoreNeed.Migrations need, StoreId first, String label, long stores) {}

  /// What a plan would run.
  List<RehearsalJson> of(Needs needs) {
    List<Sample> samples = new ArrayList<>();
    for (Needs.Shape shape : needs.shapes()) {
      if (shape.isMoving() && shape.need() instanceof StoreNeed.Migrations need) {
        TargetStore first = shape.stores().getFirst();
        samples.add(new Sample(need, first.store(), first.label(), shape.stores().size()));
      }
    }
    return of(samples);
  }

  /// What a run would run on stores that have a past. On those without one an undo has nothing to
  /// bring back.
  List<RehearsalJson> of(FanoutPlan plan, Function<StoreId, String> labels) {
    List<Sample> samples = new ArrayList<>();
    for (FanoutPlan.Shape shape : plan.shapes()) {
      if (shape.need() instanceof StoreNeed.Migrations need
          && !need.migrations().isEmpty()
          && !need.before().applied().isEmpty()) {
        StoreId first = shape.first().getFirst();
        samples.add(new Sample(need, first, labels.apply(first), shape.count()));
      }
    }
    return of(samples);
  }

  private List<RehearsalJson> of(List<Sample> samples) {
    long end = System.nanoTime() + time.toNanos();
    List<RehearsalJson> rehearsals = new ArrayList<>();
    samples.stream()
        .sorted(Comparator.comparingLong(Sample::stores).reversed())
        .limit(MOST)
        .forEach(sample -> {
          Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
          rehearsals.add(rehearse(sample, left));
        });
    return rehearsals;
  }

  private RehearsalJson rehearse(Sample sample, Duration left) {
    long began = System.nanoTime();
    List<CompiledMigration> chosen = new ArrayList<>();
    Optional<String> rest = choose(sample.need(), chosen);
    RehearsalOutcome outcome =
        chosen.isEmpty()
            ? new RehearsalOutcome.NotTried(
                Optional.empty(), rest.orElse("nothing runs"), List.of())
            : tried(sample.first(), chosen, left);
    List<String> details = new ArrayList<>(details(outcome));
    outcome.gaps().stream().limit(DETAILS).map(CopyGap::sentence).forEach(details::add);
    if (!chosen.isEmpty()) {
      rest.ifPresent(why -> details.add("not tried from there on: " + why));
    }
    return new RehearsalJson(
        sample.label(),
        sample.stores(),
        chosen.stream().map(m -> m.key().toString()).toList(),
        word(outcome),
        step(outcome),
        details,
        Duration.ofNanos(System.nanoTime() - began));
  }

  private RehearsalOutcome tried(StoreId store, List<CompiledMigration> chosen, Duration left) {
    try {
      Limits limits = Limits.ORDINARY.within(left);
      return structures.rehearse(store, chosen.stream().map(Steps::step).toList(), path, limits);
    } catch (ProblemException e) {
      return new RehearsalOutcome.NotTried(Optional.empty(), e.problem().what(), List.of());
    }
  }

  /// The migrations up to the first that cannot be tried: what comes after it builds on it.
  ///
  /// @return why the rest is not among them
  private Optional<String> choose(StoreNeed.Migrations need, List<CompiledMigration> chosen) {
    for (SourceMigration migration : need.migrations()) {
      CompiledMigration compiled = understanding.whole(migration);
      Optional<String> obstacle = obstacle(compiled);
      if (obstacle.isPresent()) {
        return Optional.of(compiled.key() + " " + obstacle.get());
      }
      chosen.add(compiled);
    }
    return Optional.empty();
  }

  private static Optional<String> obstacle(CompiledMigration migration) {
    if (migration.undo() instanceof Undo.Unknown) {
      return Optional.of("cannot be taken back");
    }
    return migration.statements().stream()
        .flatMap(s -> s.effect().objects().stream())
        .filter(object -> object.schema().isPresent())
        .findFirst()
        .map(object -> "names " + outside(object) + ", which may lie outside of the store");
  }

  private static String outside(TouchedObject object) {
    return object.schema().orElseThrow() + "." + object.name();
  }

  private static String word(RehearsalOutcome outcome) {
    return switch (outcome) {
      case RehearsalOutcome.Restored _ -> "restored";
      case RehearsalOutcome.NotRestored _ -> "not-restored";
      case RehearsalOutcome.NotTried _ -> "not-tried";
      case RehearsalOutcome.ForwardFailed(_, _, var problem, _) -> word(problem, "failed");
      case RehearsalOutcome.UndoFailed(_, _, var problem, _) -> word(problem, "undo-failed");
    };
  }

  /// What reaches out of a copy was stopped and taken back, which says nothing about the store.
  private static String word(StructureProblem problem, String otherwise) {
    return problem instanceof StructureProblem.ReachesOutside ? "not-tried" : otherwise;
  }

  private static Optional<String> step(RehearsalOutcome outcome) {
    return switch (outcome) {
      case RehearsalOutcome.Restored _ -> Optional.empty();
      case RehearsalOutcome.NotTried(var step, _, _) -> step;
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
      case RehearsalOutcome.NotTried(_, var why, _) -> List.of(why);
      case RehearsalOutcome.ForwardFailed(_, _, var problem, _) -> List.of(problem.what());
      case RehearsalOutcome.UndoFailed(_, _, var problem, _) -> List.of(problem.what());
    };
  }
}
