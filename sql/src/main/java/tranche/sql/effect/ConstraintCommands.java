package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_ROW_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.Optional;
import tranche.core.migration.Expectation;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.effect.AlterTable.Target;
import tranche.sql.name.Name;
import tranche.sql.script.ObjectKind;
import tranche.sql.tree.Node;

/// The commands of `ALTER TABLE` that concern constraints.
final class ConstraintCommands {
  private ConstraintCommands() {}

  /// Adds what the command does, if it is one of these.
  static boolean apply(Node command, Target target, Draft draft) {
    switch (command.text("subtype").orElse("")) {
      case "AT_AddConstraint" -> command.child("def").ifPresent(d -> add(d, target, draft));
      case "AT_ValidateConstraint" -> validate(command, target, draft);
      case "AT_AlterConstraint" -> alter(command, target, draft);
      case "AT_DropConstraint" -> drop(command, target, draft);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void add(Node definition, Target target, Draft draft) {
    Optional<String> name = definition.text("conname");
    String kind = kind(definition);
    draft.says("add %s %s".formatted(kind, name.map(target::dot).orElse("to " + target.name())));
    name.ifPresent(n -> {
      draft.touches("constraint", target.name(), n);
      if (!target.isTemporary()) {
        draft.expects(target.name(), new Expectation.ConstraintThere(target.name().own(), n));
      }
    });
    boolean isUnchecked = definition.flag("skip_validation");
    boolean usesIndex = definition.isPresent("indexname");
    if (definition.text("contype").filter("CONSTR_FOREIGN"::equals).isPresent()) {
      foreignKey(definition, target, draft);
    } else {
      draft.locks(ACCESS_EXCLUSIVE, target.name(), target.scene());
    }
    if (!isUnchecked && !usesIndex) {
      draft.works(Work.SCAN, target.name(), target.scene());
    } else if (usesIndex && isPrimary(definition)) {
      // The columns become NOT NULL, which is looked at row by row unless they are.
      draft.works(Work.UNKNOWN, target.name(), target.scene());
    }
  }

  private static boolean isPrimary(Node definition) {
    return definition.text("contype").filter("CONSTR_PRIMARY"::equals).isPresent();
  }

  static String kind(Node definition) {
    return switch (definition.text("contype").orElse("")) {
      case "CONSTR_CHECK" -> "check";
      case "CONSTR_FOREIGN" -> "foreign key";
      case "CONSTR_UNIQUE" -> "unique constraint";
      case "CONSTR_PRIMARY" -> "primary key";
      case "CONSTR_EXCLUSION" -> "exclusion constraint";
      case "CONSTR_NOTNULL" -> "not null constraint";
      default -> "constraint";
    };
  }

  private static void foreignKey(Node definition, Target target, Draft draft) {
    draft.locks(SHARE_ROW_EXCLUSIVE, target.name(), target.scene());
    Optional<Name> referenced = definition.child("pktable").map(Name::ofRange);
    referenced.ifPresent(
        table -> draft.touches("table", table).locks(SHARE_ROW_EXCLUSIVE, table, target.scene()));
  }

  private static void validate(Node command, Target target, Draft draft) {
    String name = command.text("name").orElse("");
    draft
        .says("validate constraint " + target.dot(name))
        .touches("constraint", target.name(), name)
        .locks(SHARE_UPDATE_EXCLUSIVE, target.name(), target.scene())
        .works(Work.SCAN, target.name(), target.scene())
        .expects(target.name(), new Expectation.ConstraintThere(target.name().own(), name));
  }

  // Enforcing what was not enforced reads the table.
  private static void alter(Node command, Target target, Draft draft) {
    Node definition = command.child("def").orElse(command);
    String name = definition.text("conname").orElse("");
    draft
        .says("alter constraint " + target.dot(name))
        .touches("constraint", target.name(), name)
        .locks(ACCESS_EXCLUSIVE, target.name(), target.scene());
    if (definition.flag("alterEnforceability") && definition.flag("is_enforced")) {
      draft.works(Work.SCAN, target.name(), target.scene());
    }
  }

  private static void drop(Node command, Target target, Draft draft) {
    String name = command.text("name").orElse("");
    boolean isNew =
        target.isNew()
            || target
                .scene()
                .earlier()
                .madeIn(ObjectKind.CONSTRAINT, target.name(), name)
                .isPresent();
    draft
        .says("drop constraint " + target.dot(name))
        .touches("constraint", target.name(), name)
        .locks(ACCESS_EXCLUSIVE, target.name(), target.scene());
    if (!isNew) {
      draft.removes(Loss.SHAPE);
    }
  }
}
