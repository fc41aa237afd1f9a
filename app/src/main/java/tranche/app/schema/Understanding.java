package tranche.app.schema;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tranche.core.migration.Callback;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.Finding;
import tranche.core.migration.Finding.Severity;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.engine.fanout.MigrationCompiler;
import tranche.sql.compile.Compiler;
import tranche.sql.parse.PgGrammar;

/// Understands statements, each migration once. The grammar is loaded when the first one is asked
/// for: a run that has nothing to do never pays for it.
public final class Understanding implements MigrationCompiler {
  private final Set<String> allowed;
  private final Map<SourceMigration, CompiledMigration> known = new ConcurrentHashMap<>();

  private static final class Holder {
    static final Compiler COMPILER = new Compiler(PgGrammar.load());
  }

  /// @param allowed rules that may find errors; a migration's header can allow more
  public Understanding(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /// The migration with everything that was found.
  CompiledMigration whole(SourceMigration migration) {
    return known.computeIfAbsent(migration, Holder.COMPILER::compile);
  }

  /// Whether the finding keeps the migration from running.
  boolean forbids(SourceMigration migration, Finding finding) {
    return finding.severity() == Severity.ERROR
        && !allowed.contains(finding.rule())
        && !migration.allowed().contains(finding.rule());
  }

  /// Whether a finding keeps the migration from running on stores that may be in use.
  boolean isUnsafe(SourceMigration migration) {
    return whole(migration).findings().stream().anyMatch(f -> forbids(migration, f));
  }

  @Override
  public CompiledMigration migration(MigrationSet folder, SourceMigration migration) {
    CompiledMigration whole = whole(migration);
    List<Finding> standing =
        whole.findings().stream()
            .filter(f -> f.severity() != Severity.ERROR || forbids(migration, f))
            .toList();
    return new CompiledMigration(
        whole.source(),
        whole.phase(),
        whole.isTransactional(),
        whole.statements(),
        whole.undo(),
        whole.expectations(),
        standing);
  }

  @Override
  public Map<CallbackEvent, List<CompiledCallback>> callbacks(MigrationSet folder) {
    Map<CallbackEvent, List<CompiledCallback>> callbacks = new EnumMap<>(CallbackEvent.class);
    for (Callback callback : folder.callbacks()) {
      callbacks
          .computeIfAbsent(callback.event(), _ -> new ArrayList<>())
          .add(Holder.COMPILER.compile(callback));
    }
    return callbacks;
  }
}
