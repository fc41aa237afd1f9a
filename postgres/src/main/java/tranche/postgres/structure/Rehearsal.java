package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureDiff;
import tranche.postgres.structure.RehearsalOutcome.ForwardFailed;
import tranche.postgres.structure.RehearsalOutcome.NotRestored;
import tranche.postgres.structure.RehearsalOutcome.NotTried;
import tranche.postgres.structure.RehearsalOutcome.Pass;
import tranche.postgres.structure.RehearsalOutcome.Restored;
import tranche.postgres.structure.RehearsalOutcome.UndoFailed;

/// Tries migrations and their undo on a copy of a store, before any store is touched.
///
/// Each step is done, undone, compared with what was there before, and done again: an undo that
/// leaves something behind often shows only then. After the last of several steps all are undone
/// from the last to the first, and each time the structure must be what it was before that step.
/// The first thing that goes wrong ends the rehearsal.
///
/// All of it, the copy too, happens in one transaction that is rolled back. So nothing is left
/// behind whatever happens to this process, nothing has to be written to disk, and nobody else ever
/// sees the copy. What reaches out of the store is left out of the copy, because a foreign key into
/// a shared table locks that table while it is made. Waits for locks and the whole time are
/// bounded.
///
/// The copy has no rows: what only rows can break, a NOT NULL over a column with nulls for example,
/// is not seen here but by the preflight checks.
public final class Rehearsal {
  private final RehearsalCopy copy;
  private final List<RehearsedStep> steps;
  private StructureDiff last = StructureDiff.between(Structure.EMPTY, Structure.EMPTY);

  private Rehearsal(RehearsalCopy copy, List<RehearsedStep> steps) {
    this.copy = copy;
    this.steps = List.copyOf(steps);
  }

  /// How much a rehearsal may cost.
  ///
  /// @param time for all of it
  /// @param relations how many tables, indexes, views and sequences the store may have
  public record Limits(Duration time, int relations) {
    /// Five seconds, 1,500 relations.
    public static final Limits ORDINARY = new Limits(Duration.ofSeconds(5), 1_500);

    /// Checks that both are positive.
    public Limits {
      if (!time.isPositive() || relations < 1) {
        throw new IllegalArgumentException(time + ", " + relations);
      }
    }

    /// The same with less time.
    public Limits within(Duration other) {
      return new Limits(other.compareTo(time) < 0 ? other : time, relations);
    }
  }

  /// Tries the steps, in this order, on a copy of that schema. Changes nothing.
  ///
  /// @param connection one that is in no transaction
  /// @throws tranche.core.problem.ProblemException if the schema is not there or cannot be read
  /// @throws SQLException if the server cannot be asked
  public static RehearsalOutcome of(
      Connection connection,
      String source,
      List<RehearsedStep> steps,
      StatementRunner runner,
      Limits limits)
      throws SQLException {
    if (!connection.getAutoCommit()) {
      throw new IllegalStateException("a transaction is open");
    }
    connection.setAutoCommit(false);
    RehearsalCopy copy = new RehearsalCopy(connection, runner, limits, System::nanoTime);
    try {
      Optional<String> obstacle = copy.fill(source);
      return obstacle.isPresent()
          ? new NotTried(Optional.empty(), obstacle.get(), List.of())
          : new Rehearsal(copy, steps).play();
    } finally {
      copy.takeBack();
    }
  }

  private RehearsalOutcome play() throws SQLException {
    List<Structure> before = new ArrayList<>();
    before.add(copy.made());
    for (RehearsedStep step : steps) {
      Optional<RehearsalOutcome> wrong = alone(step, before.getLast());
      if (wrong.isPresent()) {
        return wrong.get();
      }
      if (before.size() < steps.size()) {
        before.add(copy.structure());
      }
    }
    // One step alone was taken back already, to the same structure.
    for (int i = steps.size() - 1; i >= 0 && steps.size() > 1; i--) {
      Optional<RehearsalOutcome> wrong = wrong(steps.get(i), Pass.TOGETHER, Direction.BACK);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      last = StructureDiff.between(before.get(i), copy.structure());
      if (!last.isEmpty()) {
        return new NotRestored(steps.get(i).name(), Pass.TOGETHER, last, copy.gaps());
      }
    }
    // Locks are kept to the end, so one look sees what any undo did.
    Optional<String> outside = steps.isEmpty() ? Optional.empty() : copy.outside();
    return outside.isPresent()
        ? outside(steps.getFirst(), Pass.TOGETHER, outside.get())
        : new Restored(steps.size(), last.reordered(), copy.gaps());
  }

  private RehearsalOutcome outside(RehearsedStep step, Pass pass, String object) {
    StructureProblem problem = new StructureProblem.ReachesOutside(step.name(), object);
    return switch (pass) {
      case ALONE, AGAIN -> new ForwardFailed(step.name(), pass, problem, copy.gaps());
      case TOGETHER -> new UndoFailed(step.name(), pass, problem, copy.gaps());
    };
  }

  private Optional<RehearsalOutcome> alone(RehearsedStep step, Structure before)
      throws SQLException {
    Optional<RehearsalOutcome> wrong = wrong(step, Pass.ALONE, Direction.FORWARD);
    if (wrong.isEmpty()) {
      wrong = copy.outside().map(object -> outside(step, Pass.ALONE, object));
    }
    if (wrong.isEmpty()) {
      wrong = wrong(step, Pass.ALONE, Direction.BACK);
    }
    if (wrong.isEmpty()) {
      last = StructureDiff.between(before, copy.structure());
      if (!last.isEmpty()) {
        return Optional.of(new NotRestored(step.name(), Pass.ALONE, last, copy.gaps()));
      }
      wrong = wrong(step, Pass.AGAIN, Direction.FORWARD);
    }
    return wrong;
  }

  private enum Direction {
    FORWARD,
    BACK
  }

  private Optional<RehearsalOutcome> wrong(RehearsedStep step, Pass pass, Direction direction)
      throws SQLException {
    List<String> statements =
        switch (direction) {
          case FORWARD -> step.forward();
          case BACK -> step.undo();
        };
    return switch (copy.run(step.name(), statements)) {
      case RehearsalCopy.Ran.Well _ -> Optional.empty();
      case RehearsalCopy.Ran.NotTried(String why) ->
          Optional.of(new NotTried(Optional.of(step.name()), why, copy.gaps()));
      case RehearsalCopy.Ran.Failed(StructureProblem problem) ->
          Optional.of(
              switch (direction) {
                case FORWARD -> new ForwardFailed(step.name(), pass, problem, copy.gaps());
                case BACK -> new UndoFailed(step.name(), pass, problem, copy.gaps());
              });
    };
  }
}
