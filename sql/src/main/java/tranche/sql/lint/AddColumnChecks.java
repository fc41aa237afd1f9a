package tranche.sql.lint;

import tranche.core.migration.StatementEffect.Work;
import tranche.sql.effect.AddedColumn;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.name.TypeText;
import tranche.sql.tree.Node;

/// Columns that are added to a table in use.
final class AddColumnChecks {
  private AddColumnChecks() {}

  static void check(Node command, Name table, Subject subject, Report report) {
    Node definition = command.child("def").orElse(command);
    String column = definition.text("colname").orElse("");
    AddedColumn added = AddedColumn.of(definition, subject.earlier());
    String type = definition.child("typeName").map(TypeText::of).orElse("text");
    if (added.isRequired()) {
      report.add(
          TableRules.REQUIRED_COLUMN,
          subject.part(),
          "adds %s.%s, which no row has a value for".formatted(table, column),
          SafeWays.requiredColumn(table, column, type));
    } else if (added.work() == Work.REWRITE) {
      report.add(
          TableRules.REWRITING_COLUMN,
          subject.part(),
          "writes all of %s anew, because of %s"
              .formatted(table, added.rewriteReason().orElse("the default")),
          SafeWays.rewritingColumn(table, column, definition));
    } else if (added.work() == Work.SCAN) {
      report.add(
          TableRules.SCANNED_COLUMN,
          subject.part(),
          "checks every row of %s for the new column %s".formatted(table, column),
          "ALTER TABLE %s ADD COLUMN %s %s;\n-- then add the constraint as its own rule says"
              .formatted(table.sql(), Quoting.identifier(column), type));
    } else if (added.work() == Work.UNKNOWN) {
      report.add(
          TableRules.UNCHECKED_TYPE,
          subject.part(),
          "adds %s.%s of type %s".formatted(table, column, type),
          TableRules.UNCHECKED_TYPE.safeWay());
    }
  }
}
