package tranche.core.migration;

import java.util.List;
import java.util.Objects;
import tranche.core.release.SchemaPhase;

/// What one statement does, derived from its syntax tree alone. What depends on the store (whether
/// a table is empty, which type a column has) is taken at its worst.
///
/// @param summary a few words: `add column issues.priority`
/// @param objects what it touches
/// @param lock the strongest table lock that it takes on an object that was there before
/// @param canRunInTransaction false for statements that PostgreSQL refuses inside a transaction
/// @param work how much data it has to read or write while it holds the lock
/// @param loss what is gone afterwards
/// @param phase the phase that it belongs to
/// @param expectations what must be true of the store's catalog afterwards
/// @param undo what takes it back
public record StatementEffect(
    String summary,
    List<TouchedObject> objects,
    LockLevel lock,
    boolean canRunInTransaction,
    Work work,
    Loss loss,
    SchemaPhase phase,
    List<Expectation> expectations,
    Undo undo) {
  public StatementEffect {
    Objects.requireNonNull(summary);
    objects = List.copyOf(objects);
    Objects.requireNonNull(lock);
    Objects.requireNonNull(work);
    Objects.requireNonNull(loss);
    Objects.requireNonNull(phase);
    expectations = List.copyOf(expectations);
    Objects.requireNonNull(undo);
  }

  /// How much data a statement has to go through.
  public enum Work {
    /// Catalog only.
    NONE,
    /// Reads the whole table.
    SCAN,
    /// Writes the whole table or its indexes anew.
    REWRITE,
    /// Reads or writes the rows that it names (INSERT, UPDATE, DELETE).
    ROWS,
    /// Cannot be told: a DO block, a function call.
    UNKNOWN
  }

  /// What a statement takes away.
  public enum Loss {
    /// Nothing.
    NONE,
    /// Something that a running release may use, but no rows: a name, a constraint's absence, an
    /// index.
    SHAPE,
    /// Rows or values.
    DATA
  }
}
