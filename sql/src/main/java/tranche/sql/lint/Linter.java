package tranche.sql.lint;

import java.util.List;
import tranche.core.migration.Finding;
import tranche.sql.script.ScriptContext;

/// Checks the statements of a migration against all rules.
public final class Linter {
  private Linter() {}

  /// What is to be said about a migration, in the order of its statements.
  public static List<Finding> check(Reviewed migration) {
    var report = new Report(migration);
    var context = new ScriptContext();
    for (int i = 0; i < migration.parts().size(); i++) {
      var part = migration.parts().get(i);
      var subject = new Subject(migration, i, part, migration.effects().get(i), context);
      check(subject, report);
      context.learn(part);
    }
    return report.findings();
  }

  private static void check(Subject subject, Report report) {
    AlterTableChecks.check(subject, report);
    TableChecks.check(subject, report);
    RenameChecks.check(subject, report);
    RowChecks.check(subject, report);
    IsolationChecks.check(subject, report);
    SessionChecks.check(subject, report);
    PhaseChecks.check(subject, report);
    ServerChecks.check(subject, report);
    UnderLockChecks.check(subject, report);
  }
}
