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

  @Override
  public CompiledMigration migration(MigrationSet folder, SourceMigration migration) {
    return COMPILER.compile(migration);
  }

  @Override
  public Map<CallbackEvent, List<CompiledCallback>> callbacks(MigrationSet folder) {
    return COMPILER
        .compile(new MigrationSet(folder.folder(), folder.format(), List.of(), folder.callbacks()))
        .callbacks();
  }
}
