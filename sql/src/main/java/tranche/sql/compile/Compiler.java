package tranche.sql.compile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tranche.core.migration.Callback;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.Expectation;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.problem.ProblemException;
import tranche.sql.lint.Linter;
import tranche.sql.lint.Reviewed;
import tranche.sql.parse.PgGrammar;
import tranche.sql.parse.PgParser;
import tranche.sql.problem.SqlProblem;
import tranche.sql.split.Splitter;

/// Understands migrations: splits and parses their scripts, and says of each statement and of the
/// whole what it does, how it is taken back, and what is to be said about it.
///
/// Safe for use by several threads, which wait for each other.
public final class Compiler {
  private static final int MOST_PROBLEMS = 20;

  private final Splitter splitter;

  /// A compiler with this grammar.
  public Compiler(PgGrammar grammar) {
    this.splitter = new Splitter(new PgParser(grammar));
  }

  /// Compiles all of a folder.
  ///
  /// @throws ProblemException with a [SqlProblem] if one script is wrong, or with
  ///   [SqlProblem.Several] if several are
  public CompiledSet compile(MigrationSet set) {
    List<SqlProblem> problems = new ArrayList<>();
    List<CompiledMigration> migrations = new ArrayList<>();
    for (SourceMigration migration : set.migrations()) {
      collect(() -> migrations.add(compile(migration)), problems);
    }
    Map<CallbackEvent, List<CompiledCallback>> callbacks = new EnumMap<>(CallbackEvent.class);
    for (Callback callback : set.callbacks()) {
      collect(() -> callbacks(callbacks, callback).add(compile(callback)), problems);
    }
    if (!problems.isEmpty()) {
      throw together(problems).exception();
    }
    return new CompiledSet(set, migrations, callbacks);
  }

  private static List<CompiledCallback> callbacks(
      Map<CallbackEvent, List<CompiledCallback>> all, Callback callback) {
    return all.computeIfAbsent(callback.event(), _ -> new ArrayList<>());
  }

  private static void collect(Runnable work, List<SqlProblem> problems) {
    try {
      work.run();
    } catch (ProblemException e) {
      if (!(e.problem() instanceof SqlProblem problem)) {
        throw e;
      }
      problems.add(problem);
    }
  }

  private static SqlProblem together(List<SqlProblem> problems) {
    if (problems.size() == 1) {
      return problems.getFirst();
    }
    int shown = Math.min(MOST_PROBLEMS, problems.size());
    return new SqlProblem.Several(problems.subList(0, shown), problems.size());
  }

  /// Compiles one migration.
  ///
  /// @throws ProblemException with a [SqlProblem] if its script is wrong
  public CompiledMigration compile(SourceMigration migration) {
    ScriptReading up = read(migration.up());
    TransactionNeed need = TransactionNeed.of(up.effects(), migration.transaction());
    PhaseReading phase = PhaseReading.of(up, migration.statedPhase());
    List<Expectation> expectations = FinalExpectations.of(up.statements());
    return new CompiledMigration(
        migration,
        phase.phase(),
        need.isTransactional(),
        up.statements(),
        migration
            .down()
            .map(down -> ScriptUndo.written(read(down)))
            .orElseGet(() -> ScriptUndo.of(up)),
        expectations,
        Linter.check(new Reviewed(migration, up.parts(), up.effects(), need.isTransactional())));
  }

  /// Compiles one callback.
  ///
  /// @throws ProblemException with a [SqlProblem] if its script is wrong
  public CompiledCallback compile(Callback callback) {
    ScriptReading reading = read(callback.script());
    TransactionNeed need = TransactionNeed.of(reading.effects(), callback.transaction());
    return new CompiledCallback(callback, need.isTransactional(), reading.statements());
  }

  private ScriptReading read(SqlScript script) {
    return ScriptReading.of(splitter.split(script.text(), script.name()));
  }
}
