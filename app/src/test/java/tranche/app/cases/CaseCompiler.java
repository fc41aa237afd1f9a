package tranche.app.cases;

import java.util.List;
import java.util.Map;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.engine.fanout.MigrationCompiler;
import tranche.sql.compile.Compiler;
import tranche.sql.parse.PgGrammar;

/// Understands migrations with PostgreSQL's grammar.
final class CaseCompiler implements MigrationCompiler {
  private static final Compiler COMPILER = new Compiler(PgGrammar.load());

  private final List<String> allowed;

  /// @param allowed rules whose findings keep nobody from running
  CaseCompiler(List<String> allowed) {
    this.allowed = allowed;
  }

  @Override
  public CompiledMigration migration(MigrationSet folder, SourceMigration migration) {
    CompiledMigration made = COMPILER.compile(migration);
    return new CompiledMigration(
        made.source(),
        made.phase(),
        made.isTransactional(),
        made.statements(),
        made.undo(),
        made.expectations(),
        made.findings().stream().filter(f -> !allowed.contains(f.rule())).toList());
  }

  @Override
  public Map<CallbackEvent, List<CompiledCallback>> callbacks(MigrationSet folder) {
    return COMPILER
        .compile(new MigrationSet(folder.folder(), folder.format(), List.of(), folder.callbacks()))
        .callbacks();
  }
}
