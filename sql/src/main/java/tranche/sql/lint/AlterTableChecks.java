package tranche.sql.lint;

import java.util.Set;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Commands of `ALTER TABLE` on a table that is in use.
final class AlterTableChecks {
  private static final Set<String> REWRITES =
      Set.of(
          "AT_SetLogged",
          "AT_SetUnLogged",
          "AT_SetTableSpace",
          "AT_SetAccessMethod",
          "AT_SetExpression");

  private AlterTableChecks() {}

  static void check(Subject subject, Report report) {
    Name table = subject.relation("relation");
    boolean isTable = subject.text("objtype").equals("OBJECT_TABLE");
    if (!subject.tree().is("AlterTableStmt") || !isTable || !subject.isInUse(table)) {
      return;
    }
    for (Node command : subject.tree().children("cmds")) {
      command(command, table, subject, report);
    }
  }

  private static void command(Node command, Name table, Subject subject, Report report) {
    String name = command.text("name").orElse("");
    String subtype = command.text("subtype").orElse("");
    switch (subtype) {
      case "AT_AddColumn" -> AddColumnChecks.check(command, table, subject, report);
      case "AT_AddConstraint" ->
          command.child("def").ifPresent(d -> ConstraintChecks.check(d, table, subject, report));
      case "AT_ValidateConstraint" -> ConstraintChecks.validate(name, table, subject, report);
      case "AT_SetNotNull" -> setNotNull(name, table, subject, report);
      case "AT_AlterColumnType" -> type(command, name, table, subject, report);
      case "AT_AttachPartition" -> attach(command, table, subject, report);
      case "AT_DetachPartition" -> detach(command, table, subject, report);
      default -> {
        if (REWRITES.contains(subtype)) {
          report.add(
              TableRules.REWRITE,
              subject.part(),
              "writes all of %s anew".formatted(table),
              TableRules.REWRITE.safeWay());
        }
      }
    }
  }

  private static void setNotNull(String column, Name table, Subject subject, Report report) {
    boolean isProven =
        subject.earlier().isProvenNotNull(table, column)
            || subject.earlier().isNewColumn(table, column)
            || subject.earlier().validates(table);
    if (!isProven) {
      report.add(
          TableRules.SET_NOT_NULL,
          subject.part(),
          "reads all of %s to see that %s is never null".formatted(table, column),
          SafeWays.setNotNull(table, column));
    }
  }

  private static void type(
      Node command, String column, Name table, Subject subject, Report report) {
    if (!subject.earlier().isNewColumn(table, column)) {
      report.add(
          TableRules.CHANGE_TYPE,
          subject.part(),
          "changes the type of %s.%s".formatted(table, column),
          SafeWays.changeType(table, column, command));
    }
  }

  private static Name partition(Node command) {
    return command
        .child("def")
        .flatMap(d -> d.child("name"))
        .map(Name::ofRange)
        .orElse(Name.of(""));
  }

  private static void attach(Node command, Name table, Subject subject, Report report) {
    Name partition = partition(command);
    if (subject.isInUse(partition) && !subject.earlier().validates(partition)) {
      report.add(
          TableRules.ATTACH,
          subject.part(),
          "reads all of %s to see that its rows fit %s".formatted(partition, table),
          TableRules.ATTACH.safeWay());
    }
  }

  private static void detach(Node command, Name table, Subject subject, Report report) {
    boolean isConcurrent = command.child("def").filter(d -> d.flag("concurrent")).isPresent();
    if (!isConcurrent) {
      Name partition = partition(command);
      report.add(
          TableRules.DETACH,
          subject.part(),
          "locks %s against everybody".formatted(table),
          "ALTER TABLE %s DETACH PARTITION %s CONCURRENTLY;"
              .formatted(table.sql(), partition.sql()));
    }
  }
}
