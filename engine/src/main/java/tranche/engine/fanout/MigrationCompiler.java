package tranche.engine.fanout;

import java.util.List;
import java.util.Map;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;

/// Understands the statements of migrations. That costs far more than reading the files, so a
/// fan-out asks only for what some store still needs, and for each migration once. May be called
/// from several threads.
public interface MigrationCompiler {
  /// The migration with its statements. A finding of severity ERROR keeps every store from being
  /// changed, so rules that are allowed must not come as errors.
  ///
  /// @throws tranche.core.problem.ProblemException if the text is not understood
  CompiledMigration migration(MigrationSet folder, SourceMigration migration);

  /// The callbacks of a folder with their statements.
  ///
  /// @throws tranche.core.problem.ProblemException if a text is not understood
  Map<CallbackEvent, List<CompiledCallback>> callbacks(MigrationSet folder);
}
