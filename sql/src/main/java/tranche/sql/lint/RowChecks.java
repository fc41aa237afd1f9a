package tranche.sql.lint;

import java.util.List;
import java.util.Optional;
import tranche.core.migration.Finding.Severity;
import tranche.sql.name.ClauseText;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.tree.Node;

/// Statements that change or remove rows of a table in use.
final class RowChecks {
  private RowChecks() {}

  static void check(Subject subject, Report report) {
    switch (subject.tree().kind()) {
      case "UpdateStmt", "DeleteStmt", "MergeStmt", "InsertStmt" -> rows(subject, report);
      case "TruncateStmt" -> truncate(subject, report);
      default -> {}
    }
    boolean isCascade = subject.text("behavior").equals("DROP_CASCADE");
    boolean isRemoval = subject.tree().is("DropStmt") || subject.tree().is("TruncateStmt");
    if (isCascade && isRemoval) {
      report.add(
          ScriptRules.CASCADE,
          subject.migration().isContract() ? Severity.WARNING : Severity.ERROR,
          subject.part(),
          "%s, and whatever depends on it".formatted(subject.effect().summary()),
          ScriptRules.CASCADE.safeWay());
    }
  }

  private static void rows(Subject subject, Report report) {
    Name table = subject.relation("relation");
    Node tree = subject.tree();
    if (!subject.isInUse(table) || isBounded(tree)) {
      return;
    }
    boolean isForAll = !tree.isPresent("whereClause");
    boolean isContract = subject.migration().isContract();
    if (tree.is("UpdateStmt") && isForAll && !tree.isPresent("fromClause")) {
      report.add(
          ScriptRules.UPDATE_ALL,
          subject.part(),
          "changes every row of " + table,
          boundedUpdate(table, subject));
    } else if (tree.is("DeleteStmt") && isForAll && !tree.isPresent("usingClause")) {
      if (!isContract) {
        report.add(
            ScriptRules.DELETE_ALL,
            subject.part(),
            "deletes every row of " + table,
            ScriptRules.DELETE_ALL.safeWay());
      }
    } else if (!tree.is("InsertStmt") || readsTables(tree)) {
      report.add(
          ScriptRules.UNBOUNDED,
          subject.part(),
          "locks as many rows of %s as there are".formatted(table),
          ScriptRules.UNBOUNDED.safeWay());
    }
  }

  private static boolean readsTables(Node insert) {
    return insert.child("selectStmt").filter(s -> s.isPresent("fromClause")).isPresent();
  }

  private static boolean isBounded(Node node) {
    return node.isPresent("limitCount") || node.children().stream().anyMatch(RowChecks::isBounded);
  }

  private static String boundedUpdate(Name table, Subject subject) {
    List<Node> targets = subject.tree().children("targetList");
    Optional<String> column = targets.stream().findFirst().flatMap(t -> t.text("name"));
    int at =
        targets.stream().mapToInt(t -> (int) t.number("location").orElse(0)).findFirst().orElse(0)
            - subject.part().offset();
    boolean isSimple =
        targets.size() == 1 && at > 0 && !subject.tree().isPresent("returningClause");
    return isSimple
        ? SafeWays.boundedUpdate(
            table,
            ClauseText.from(subject.part().text(), at),
            Quoting.identifier(column.orElse("")) + " IS NULL")
        : ScriptRules.UPDATE_ALL.safeWay();
  }

  private static void truncate(Subject subject, Report report) {
    if (subject.effect().lock().blocksReads() && !subject.migration().isContract()) {
      report.add(
          ScriptRules.TRUNCATE,
          subject.part(),
          subject.effect().summary(),
          ScriptRules.TRUNCATE.safeWay());
    }
  }
}
