package tranche.sql.lint;

import java.util.Optional;
import tranche.sql.name.ClauseText;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.script.ObjectKind;
import tranche.sql.tree.Node;

/// Constraints that are added to a table in use.
final class ConstraintChecks {
  private ConstraintChecks() {}

  static void check(Node definition, Name table, Subject subject, Report report) {
    boolean isChecked = !definition.flag("skip_validation");
    switch (definition.text("contype").orElse("")) {
      case "CONSTR_FOREIGN" -> {
        if (isChecked) {
          checked(TableRules.FOREIGN_KEY, definition, table, subject, report);
        }
      }
      case "CONSTR_CHECK", "CONSTR_NOTNULL" -> {
        if (isChecked) {
          checked(TableRules.CHECK, definition, table, subject, report);
        }
      }
      case "CONSTR_UNIQUE", "CONSTR_PRIMARY" -> unique(definition, table, subject, report);
      case "CONSTR_EXCLUSION" ->
          report.add(
              TableRules.EXCLUSION,
              subject.part(),
              "builds an index on %s while nobody can use it".formatted(table),
              TableRules.EXCLUSION.safeWay());
      default -> {}
    }
  }

  private static void checked(
      Rule rule, Node definition, Name table, Subject subject, Report report) {
    String clause = clause(definition, subject);
    String word = rule.equals(TableRules.FOREIGN_KEY) ? "fkey" : "check";
    Optional<String> own = definition.text("conname");
    String name = own.orElseGet(() -> table.own() + "_" + word);
    String named =
        own.isPresent() ? clause : "CONSTRAINT " + Quoting.identifier(name) + " " + clause;
    report.add(
        rule,
        subject.part(),
        "reads all of %s to check the constraint".formatted(table),
        """
        ALTER TABLE %1$s ADD %2$s NOT VALID;
        -- then, in the next migration:
        ALTER TABLE %1$s VALIDATE CONSTRAINT %3$s;\
        """
            .formatted(table.sql(), named, Quoting.identifier(name)));
  }

  static String clause(Node definition, Subject subject) {
    int at = (int) definition.number("location").orElse(0) - subject.part().offset();
    return at < 0 ? "" : ClauseText.from(subject.part().text(), at);
  }

  private static void unique(Node definition, Name table, Subject subject, Report report) {
    boolean isPrimary = definition.text("contype").filter("CONSTR_PRIMARY"::equals).isPresent();
    if (definition.isPresent("indexname")) {
      if (isPrimary) {
        report.add(
            TableRules.PRIMARY_KEY_NULLS,
            subject.part(),
            "makes the columns of an index of %s NOT NULL".formatted(table),
            TableRules.PRIMARY_KEY_NULLS.safeWay());
      }
      return;
    }
    report.add(
        TableRules.UNIQUE,
        subject.part(),
        "builds an index on %s while nobody can use it".formatted(table),
        SafeWays.unique(table, definition));
  }

  static void validate(String name, Name table, Subject subject, Report report) {
    boolean isAddedHere = subject.earlier().madeIn(ObjectKind.CONSTRAINT, table, name).isPresent();
    if (isAddedHere && subject.migration().isTransactional()) {
      report.add(
          TableRules.VALIDATE_TOO_SOON,
          subject.part(),
          "validates %s while %s is locked by adding it".formatted(name, table),
          """
          -- in the next migration:
          ALTER TABLE %s VALIDATE CONSTRAINT %s;\
          """
              .formatted(table.sql(), Quoting.identifier(name)));
    }
  }
}
