package tranche.app.schema;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
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
import tranche.core.reference.ReferenceRules;
import tranche.engine.fanout.MigrationCompiler;
import tranche.sql.compile.Compiler;
import tranche.sql.parse.PgGrammar;

/// Understands statements, each migration once. The grammar is loaded when the first one is asked
/// for: a run that has nothing to do never pays for it.
public final class Understanding implements MigrationCompiler {
  private final Set<String> allowed;
  private final ReferenceRules references;
  private final Set<SourceMigration> shared;
  private final Map<SourceMigration, CompiledMigration> known = new ConcurrentHashMap<>();

  private static final class Holder {
    static final Compiler COMPILER = new Compiler(PgGrammar.load());
  }

  /// @param allowed rules that may find errors; a migration's header can allow more
  public Understanding(Set<String> allowed) {
    this(allowed, ReferenceRules.NONE, Set.of());
  }

  private Understanding(
      Set<String> allowed, ReferenceRules references, Set<SourceMigration> shared) {
    this.allowed = Set.copyOf(allowed);
    this.references = references;
    this.shared = Set.copyOf(shared);
  }

  /// With what migrations of the shared store mean for those who refer to it.
  static Understanding of(Set<String> allowed, ReferenceRules references, Folders folders) {
    Set<SourceMigration> shared = new HashSet<>();
    for (Folders.OfSet set : folders.sets()) {
      if (set.name().equals(Folders.SHARED)) {
        shared.addAll(set.reading().set().migrations());
      }
    }
    return new Understanding(allowed, references, shared);
  }

  /// The migration with everything that was found.
  CompiledMigration whole(SourceMigration migration) {
    return known.computeIfAbsent(migration, this::compiled);
  }

  private CompiledMigration compiled(SourceMigration migration) {
    CompiledMigration plain = Holder.COMPILER.compile(migration);
    List<Finding> breaks = shared.contains(migration) ? references.breaks(plain) : List.of();
    if (breaks.isEmpty()) {
      return plain;
    }
    List<Finding> all = new ArrayList<>(plain.findings());
    all.addAll(breaks);
    return with(plain, all);
  }

  private static CompiledMigration with(CompiledMigration plain, List<Finding> findings) {
    return new CompiledMigration(
        plain.source(),
        plain.phase(),
        plain.isTransactional(),
        plain.statements(),
        plain.undo(),
        plain.expectations(),
        findings);
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
    return with(whole, standing);
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
