package tranche.app.schema;

import java.util.List;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.Undo;
import tranche.postgres.structure.RehearsedStep;
import tranche.postgres.structure.RehearsedStep.Mode;

/// A folder as steps that can be tried out in a scratch schema: what makes a structure, without the
/// rows that COPY brings.
final class Steps {
  private Steps() {}

  /// Every versioned and repeatable migration, in its order. Baselines repeat what others do and
  /// are left out, unless nothing else is there.
  static List<RehearsedStep> of(MigrationSet folder, Understanding understanding) {
    List<SourceMigration> plain =
        folder.migrations().stream().filter(m -> m.kind() != MigrationKind.BASELINE).toList();
    boolean isFolded =
        folder.migrations().stream()
            .filter(m -> m.kind() != MigrationKind.REPEATABLE)
            .allMatch(m -> m.kind() == MigrationKind.BASELINE);
    List<SourceMigration> chosen = isFolded ? folder.migrations() : plain;
    return chosen.stream().map(m -> step(understanding.whole(m))).toList();
  }

  static RehearsedStep step(CompiledMigration migration) {
    List<String> forward =
        migration.statements().stream()
            .filter(s -> s.copyData().isEmpty())
            .map(CompiledStatement::sql)
            .toList();
    List<String> undo =
        migration.undo() instanceof Undo.Statements(var sql, _, _) ? sql : List.of();
    return new RehearsedStep(
        migration.key().text(),
        forward,
        undo,
        migration.isTransactional() ? Mode.TRANSACTIONAL : Mode.PLAIN);
  }
}
