package tranche.sql.lint;

import java.util.Set;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;

/// Other names for what the running release calls by name.
final class RenameChecks {
  private static final Set<String> TABLES =
      Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE");

  private RenameChecks() {}

  static void check(Subject subject, Report report) {
    Name relation = subject.relation("relation");
    boolean isConcern = !subject.migration().isContract() && subject.isInUse(relation);
    if (!isConcern || relation.own().isEmpty()) {
      return;
    }
    switch (subject.tree().kind()) {
      case "RenameStmt" -> rename(relation, subject, report);
      case "AlterObjectSchemaStmt" ->
          report.add(
              TableRules.MOVE,
              subject.part(),
              "moves %s to schema %s".formatted(relation, subject.text("newschema")),
              TableRules.MOVE.safeWay());
      default -> {}
    }
  }

  private static void rename(Name relation, Subject subject, Report report) {
    String to = subject.text("newname");
    String type = subject.text("renameType");
    if (TABLES.contains(type)) {
      report.add(
          TableRules.RENAME_TABLE,
          subject.part(),
          "the running release asks for %s".formatted(relation),
          """
          CREATE VIEW %s AS SELECT * FROM %s;
          -- then, when all releases use the new name, in a migration with the header
          -- tranche: phase=contract, drop the view and rename the table\
          """
              .formatted(Quoting.identifier(to), relation.sql()));
    } else if (type.equals("OBJECT_COLUMN")) {
      String from = subject.text("subname");
      if (!subject.earlier().isNewColumn(relation, from)) {
        report.add(
            TableRules.RENAME_COLUMN,
            subject.part(),
            "the running release asks for %s.%s".formatted(relation, from),
            SafeWays.renameColumn(relation, from, to));
      }
    }
  }
}
