package tranche.postgres.structure;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureDiff;
import tranche.postgres.structure.RehearsalOutcome.ForwardFailed;
import tranche.postgres.structure.RehearsalOutcome.NotRestored;
import tranche.postgres.structure.RehearsalOutcome.Pass;
import tranche.postgres.structure.RehearsalOutcome.Restored;
import tranche.postgres.structure.RehearsalOutcome.UndoFailed;

/// Tries migrations and their undo on a copy of a store, before any store is touched.
///
/// Each step is done, undone, compared with what was there before, and done again: an undo that
/// leaves something behind often shows only then. After the last step all are undone from the last
/// to the first, and each time the structure must be what it was before that step. The first thing
/// that goes wrong ends the rehearsal.
///
/// The copy has no rows: what only rows can break, a NOT NULL over a column with nulls for example,
/// is not seen here but by the preflight checks.
public final class Rehearsal {
  private final ScratchCopy copy;
  private final ScratchRun run;
  private final List<RehearsedStep> steps;

  private Rehearsal(ScratchCopy copy, List<RehearsedStep> steps, StatementRunner runner) {
    this.copy = copy;
    this.run = new ScratchRun(copy, runner);
    this.steps = List.copyOf(steps);
  }

  /// Tries the steps, in this order, on a copy that is used up by it.
  ///
  /// @throws SQLException if the server cannot be asked
  public static RehearsalOutcome of(
      ScratchCopy copy, List<RehearsedStep> steps, StatementRunner runner) throws SQLException {
    return new Rehearsal(copy, steps, runner).play();
  }

  private RehearsalOutcome play() throws SQLException {
    List<Structure> before = new ArrayList<>();
    before.add(copy.structure());
    for (RehearsedStep step : steps) {
      Optional<RehearsalOutcome> wrong = alone(step, before.getLast());
      if (wrong.isPresent()) {
        return wrong.get();
      }
      before.add(copy.structure());
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      Optional<RehearsalOutcome> wrong = undo(steps.get(i), before.get(i), Pass.TOGETHER);
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    var diff = StructureDiff.between(before.getFirst(), copy.structure());
    return new Restored(steps.size(), diff.reordered(), copy.gaps());
  }

  private Optional<RehearsalOutcome> alone(RehearsedStep step, Structure before)
      throws SQLException {
    Optional<RehearsalOutcome> wrong = forward(step, Pass.ALONE);
    if (wrong.isEmpty()) {
      wrong = undo(step, before, Pass.ALONE);
    }
    return wrong.isPresent() ? wrong : forward(step, Pass.AGAIN);
  }

  private Optional<RehearsalOutcome> forward(RehearsedStep step, Pass pass) throws SQLException {
    return run.run(step, step.forward())
        .map(problem -> new ForwardFailed(step.name(), pass, problem, copy.gaps()));
  }

  private Optional<RehearsalOutcome> undo(RehearsedStep step, Structure before, Pass pass)
      throws SQLException {
    Optional<StructureProblem> problem = run.run(step, step.undo());
    if (problem.isPresent()) {
      return Optional.of(new UndoFailed(step.name(), pass, problem.get(), copy.gaps()));
    }
    var diff = StructureDiff.between(before, copy.structure());
    return diff.isEmpty()
        ? Optional.empty()
        : Optional.of(new NotRestored(step.name(), pass, diff, copy.gaps()));
  }
}
