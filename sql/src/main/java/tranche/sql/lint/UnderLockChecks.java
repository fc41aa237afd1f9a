package tranche.sql.lint;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.migration.TouchedObject;

/// Work on rows while an earlier statement of the same transaction keeps everybody out of the
/// table.
final class UnderLockChecks {
  // What else takes long has a rule of its own.
  private static final Set<String> WRITES =
      Set.of("UpdateStmt", "DeleteStmt", "MergeStmt", "InsertStmt");

  private UnderLockChecks() {}

  static void check(Subject subject, Report report) {
    StatementEffect effect = subject.effect();
    boolean isWork =
        WRITES.contains(subject.tree().kind())
            && effect.work() != Work.NONE
            && isMoreThanAList(subject);
    if (!isWork || !subject.migration().isTransactional()) {
      return;
    }
    Optional<StatementEffect> lock =
        subject.migration().effects().subList(0, subject.index()).stream()
            .filter(before -> before.lock().blocksReads())
            .filter(before -> isAboutSameTable(before, effect))
            .findFirst();
    lock.ifPresent(before ->
        report.add(
            ScriptRules.ROWS_UNDER_LOCK,
            subject.part(),
            "%s, while the table is locked by: %s".formatted(effect.summary(), before.summary()),
            "-- in the next migration:\n%s;".formatted(subject.part().text())));
  }

  // A few rows from a list are nothing to wait for.
  private static boolean isMoreThanAList(Subject subject) {
    return !subject.tree().is("InsertStmt")
        || subject.tree().child("selectStmt").filter(s -> s.isPresent("fromClause")).isPresent();
  }

  // What a script only reads is not what it keeps waiting, so the first table counts.
  private static boolean isAboutSameTable(StatementEffect before, StatementEffect now) {
    Optional<TouchedObject> table = tables(now).findFirst();
    return table.filter(t -> tables(before).anyMatch(t::equals)).isPresent();
  }

  private static Stream<TouchedObject> tables(StatementEffect effect) {
    return effect.objects().stream().filter(o -> o.kind().equals("table"));
  }
}
