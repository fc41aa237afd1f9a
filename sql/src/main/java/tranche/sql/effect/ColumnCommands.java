package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import tranche.core.migration.Expectation;
import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.effect.AlterTable.Target;
import tranche.sql.name.Name;
import tranche.sql.name.TypeText;
import tranche.sql.tree.Node;

/// The commands of `ALTER TABLE` that concern one column.
final class ColumnCommands {
  private ColumnCommands() {}

  /// Adds what the command does, if it is one of these.
  static boolean apply(Node command, Target target, Draft draft) {
    String column = command.text("name").orElse("");
    switch (command.text("subtype").orElse("")) {
      case "AT_AddColumn" -> add(command, target, draft);
      case "AT_DropColumn" -> drop(command, target, draft);
      case "AT_SetNotNull" -> setNotNull(column, target, draft);
      case "AT_DropNotNull" -> catalogOnly("drop not null of", column, target, draft);
      case "AT_ColumnDefault" -> columnDefault(command, target, draft);
      case "AT_AlterColumnType" -> type(command, target, draft);
      case "AT_SetExpression" -> {
        on("set expression of", column, ACCESS_EXCLUSIVE, target, draft);
        draft.works(Work.REWRITE, target.name(), target.scene());
      }
      case "AT_DropExpression" -> catalogOnly("drop expression of", column, target, draft);
      case "AT_AddIdentity" -> catalogOnly("add identity to", column, target, draft);
      case "AT_SetIdentity" -> catalogOnly("set identity of", column, target, draft);
      case "AT_DropIdentity" -> {
        on("drop identity of", column, ACCESS_EXCLUSIVE, target, draft);
        removes(Loss.DATA, target, draft);
      }
      case "AT_SetStorage" -> catalogOnly("set storage of", column, target, draft);
      case "AT_SetCompression" -> catalogOnly("set compression of", column, target, draft);
      case "AT_AlterColumnGenericOptions" -> catalogOnly("set options of", column, target, draft);
      case "AT_SetStatistics" ->
          on("set statistics of", column, SHARE_UPDATE_EXCLUSIVE, target, draft);
      case "AT_SetOptions" -> on("set options of", column, SHARE_UPDATE_EXCLUSIVE, target, draft);
      case "AT_ResetOptions" ->
          on("reset options of", column, SHARE_UPDATE_EXCLUSIVE, target, draft);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void catalogOnly(String what, String column, Target target, Draft draft) {
    on(what, column, ACCESS_EXCLUSIVE, target, draft);
  }

  private static void on(String what, String column, LockLevel lock, Target target, Draft draft) {
    draft
        .says(what + " " + target.dot(column))
        .touches("column", target.name(), column)
        .locks(lock, target.name(), target.scene());
  }

  private static void removes(Loss loss, Target target, Draft draft) {
    if (!target.isNew()) {
      draft.removes(loss);
    }
  }

  private static void add(Node command, Target target, Draft draft) {
    Node definition = command.child("def").orElse(command);
    String column = definition.text("colname").orElse("");
    on("add column", column, ACCESS_EXCLUSIVE, target, draft);
    if (target.isType()) {
      return;
    }
    if (!target.isTemporary()) {
      draft.expects(target.name(), Shapes.ofAdded(command, definition, target.name()));
    }
    var added = AddedColumn.of(definition, target.scene().earlier());
    draft.works(added.work(), target.name(), target.scene());
    for (Name referenced : added.references()) {
      draft
          .touches("table", referenced)
          .locks(LockLevel.SHARE_ROW_EXCLUSIVE, referenced, target.scene());
    }
  }

  private static void drop(Node command, Target target, Draft draft) {
    String column = command.text("name").orElse("");
    boolean isNew = target.scene().earlier().isNewColumn(target.name(), column);
    on("drop column", column, ACCESS_EXCLUSIVE, target, draft);
    if (!target.isType() && !target.isTemporary()) {
      draft.expects(target.name(), new Expectation.ColumnGone(target.name().own(), column));
    }
    if (!isNew) {
      draft.removes(Loss.DATA);
    }
  }

  private static void setNotNull(String column, Target target, Draft draft) {
    on("set not null of", column, ACCESS_EXCLUSIVE, target, draft);
    if (!target.scene().earlier().isProvenNotNull(target.name(), column)) {
      draft.works(Work.SCAN, target.name(), target.scene());
    }
  }

  private static void columnDefault(Node command, Target target, Draft draft) {
    String column = command.text("name").orElse("");
    if (command.isPresent("def")) {
      catalogOnly("set default of", column, target, draft);
    } else {
      catalogOnly("drop default of", column, target, draft);
      if (!target.scene().earlier().isNewColumn(target.name(), column)) {
        draft.removes(Loss.SHAPE);
      }
    }
  }

  // Some changes of type rewrite nothing (a longer varchar), but that depends on the type before.
  private static void type(Node command, Target target, Draft draft) {
    String column = command.text("name").orElse("");
    String type =
        command.child("def").flatMap(d -> d.child("typeName")).map(TypeText::of).orElse("?");
    draft
        .says("change type of %s to %s".formatted(target.dot(column), type))
        .touches("column", target.name(), column)
        .locks(ACCESS_EXCLUSIVE, target.name(), target.scene());
    if (!target.isType() && !target.isTemporary()) {
      draft.expects(target.name(), new Expectation.ColumnThere(target.name().own(), column));
    }
    // PostgreSQL refuses to change an attribute of a type that a table uses.
    draft.works(target.isType() ? Work.NONE : Work.REWRITE, target.name(), target.scene());
    removes(Loss.DATA, target, draft);
  }
}
