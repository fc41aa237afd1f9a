package tranche.postgres.structure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.structure.StructureDiff;

/// What came out of trying migrations and their undo on a copy of a store.
public sealed interface RehearsalOutcome {
  /// In what the copy was not as the store: what the rehearsal cannot speak about.
  List<CopyGap> gaps();

  /// When in the rehearsal something happened.
  enum Pass {
    /// The step was done and undone on its own.
    ALONE,
    /// The step was done once more after its undo.
    AGAIN,
    /// After all steps were done, they were undone from the last to the first.
    TOGETHER
  }

  /// Every undo brought the structure back, each on its own and all together.
  ///
  /// @param steps how many steps there were
  /// @param reordered tables whose columns lie in another order after all was undone
  record Restored(int steps, List<StructureDiff.Reordered> reordered, List<CopyGap> gaps)
      implements RehearsalOutcome {
    /// Copies the lists.
    public Restored {
      reordered = List.copyOf(reordered);
      gaps = List.copyOf(gaps);
    }
  }

  /// An undo ran and left another structure than there was before the step.
  ///
  /// @param step whose undo
  /// @param diff expected is the structure before the step, observed that after its undo
  record NotRestored(String step, Pass pass, StructureDiff diff, List<CopyGap> gaps)
      implements RehearsalOutcome {
    /// Copies the list.
    public NotRestored {
      gaps = List.copyOf(gaps);
    }
  }

  /// Nothing can be said, because it could not be tried to the end.
  ///
  /// @param step at which it ended; absent if there was no copy to try it on
  /// @param why one clause
  record NotTried(Optional<String> step, String why, List<CopyGap> gaps)
      implements RehearsalOutcome {
    /// Copies the list.
    public NotTried {
      Objects.requireNonNull(step);
      Objects.requireNonNull(why);
      gaps = List.copyOf(gaps);
    }
  }

  /// A statement of a step failed.
  record ForwardFailed(String step, Pass pass, StructureProblem problem, List<CopyGap> gaps)
      implements RehearsalOutcome {
    /// Copies the list.
    public ForwardFailed {
      gaps = List.copyOf(gaps);
    }
  }

  /// A statement of the undo of a step failed.
  record UndoFailed(String step, Pass pass, StructureProblem problem, List<CopyGap> gaps)
      implements RehearsalOutcome {
    /// Copies the list.
    public UndoFailed {
      gaps = List.copyOf(gaps);
    }
  }
}
