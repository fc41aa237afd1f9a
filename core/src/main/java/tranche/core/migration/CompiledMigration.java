package tranche.core.migration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import tranche.core.release.SchemaPhase;

/// A migration whose statements are understood.
///
/// @param source as it was read
/// @param phase the stated phase, or the one that follows from the statements
/// @param isTransactional whether all of it runs in one transaction
/// @param statements in their order
/// @param undo what takes the whole back: the down script if there is one, else what follows from
///   the statements
/// @param expectations what must be true afterwards
/// @param findings what is to be said about it
public record CompiledMigration(
    SourceMigration source,
    SchemaPhase phase,
    boolean isTransactional,
    List<CompiledStatement> statements,
    Undo undo,
    List<Expectation> expectations,
    List<Finding> findings) {
  public CompiledMigration {
    Objects.requireNonNull(source);
    Objects.requireNonNull(phase);
    statements = List.copyOf(statements);
    Objects.requireNonNull(undo);
    expectations = List.copyOf(expectations);
    findings = List.copyOf(findings);
  }

  /// What identifies it.
  public MigrationKey key() {
    return source.key();
  }

  /// The same with its source as it is in one store, see [SourceMigration#in(Map)].
  public CompiledMigration in(Map<StorePlaceholder, String> values) {
    SourceMigration here = source.in(values);
    return here.equals(source)
        ? this
        : new CompiledMigration(
            here, phase, isTransactional, statements, undo, expectations, findings);
  }
}
