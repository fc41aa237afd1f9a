package tranche.postgres.structure;

import java.util.List;
import java.util.Objects;

/// A migration as it is tried out.
///
/// @param name what it is called in messages, its version for example
/// @param forward its statements
/// @param undo the statements that take it back; none if nothing has to be taken back
/// @param mode whether its statements run in a transaction
public record RehearsedStep(String name, List<String> forward, List<String> undo, Mode mode) {
  /// How the statements of a step are run.
  public enum Mode {
    /// In one transaction, in which it is also seen whether they change anything outside.
    TRANSACTIONAL,
    /// Each on its own, for what cannot run in a transaction. What these change outside of the
    /// scratch schema is neither seen nor taken back.
    PLAIN
  }

  /// Copies the lists.
  public RehearsedStep {
    Objects.requireNonNull(name);
    Objects.requireNonNull(mode);
    forward = List.copyOf(forward);
    undo = List.copyOf(undo);
  }

  /// A transactional step.
  public static RehearsedStep of(String name, List<String> forward, List<String> undo) {
    return new RehearsedStep(name, forward, undo, Mode.TRANSACTIONAL);
  }
}
