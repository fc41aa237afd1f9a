package tranche.sql.undo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.script.ScriptContext;
import tranche.sql.split.ScriptPart;
import tranche.sql.tree.Node;

/// What takes a statement back.
public final class Undos {
  private static final Set<String> LEAVE_NOTHING =
      Set.of(
          "VacuumStmt",
          "CheckPointStmt",
          "ReindexStmt",
          "RefreshMatViewStmt",
          "LockStmt",
          "TransactionStmt",
          "VariableSetStmt",
          "VariableShowStmt",
          "ConstraintsSetStmt",
          "DiscardStmt",
          "DeallocateStmt",
          "FetchStmt",
          "ClosePortalStmt",
          "ListenStmt",
          "UnlistenStmt",
          "NotifyStmt",
          "LoadStmt",
          "PrepareStmt");

  private Undos() {}

  /// What takes a statement of a script back.
  ///
  /// @param earlier what the statements before it have made
  public static Undo of(ScriptPart statement, ScriptContext earlier) {
    Node tree = statement.tree();
    if (LEAVE_NOTHING.contains(tree.kind())) {
      return new Undo.NotNeeded();
    }
    return switch (tree.kind()) {
      case "AlterTableStmt" -> UndoAlterTable.of(statement, earlier);
      case "RenameStmt", "AlterObjectSchemaStmt" -> UndoRename.of(tree);
      case "DropStmt" -> UndoDrop.of(tree, earlier);
      case "GrantStmt", "GrantRoleStmt" -> UndoGrant.of(statement, earlier);
      case "InsertStmt",
          "UpdateStmt",
          "DeleteStmt",
          "MergeStmt",
          "TruncateStmt",
          "CopyStmt",
          "SelectStmt",
          "ExplainStmt",
          "DeclareCursorStmt" ->
          UndoRows.of(tree, earlier);
      case "DoStmt", "CallStmt", "ExecuteStmt" -> unknown("what the code did is not known");
      case "CommentStmt", "SecLabelStmt" -> UndoNotes.of(tree, earlier);
      case "ClusterStmt" -> cluster(tree, earlier);
      case "AlterOwnerStmt" -> unknown("the owner before is not in the statement");
      case "AlterEnumStmt", "AlterDomainStmt" -> UndoTypes.of(tree, earlier);
      default ->
          tree.kind().startsWith("Create")
                  || Set.of("ViewStmt", "IndexStmt", "RuleStmt", "DefineStmt", "CompositeTypeStmt")
                      .contains(tree.kind())
              ? UndoCreate.of(tree, earlier)
              : unknown("the state before is not in the statement");
    };
  }

  // The order of rows is nothing to take back; that the index is marked is.
  private static Undo cluster(Node tree, ScriptContext earlier) {
    Optional<Name> table = tree.child("relation").map(Name::ofRange);
    boolean isMarked = tree.isPresent("indexname") && !table.filter(earlier::isNew).isPresent();
    return isMarked && table.isPresent()
        ? statement("ALTER TABLE %s SET WITHOUT CLUSTER".formatted(table.get().sql()))
        : new Undo.NotNeeded();
  }

  static Undo unknown(String why) {
    return new Undo.Unknown(why);
  }

  static Undo statement(String sql) {
    return new Undo.Statements(List.of(sql), List.of(), true);
  }

  static Undo losing(String sql, String what) {
    return new Undo.Statements(List.of(sql), List.of(what), true);
  }

  static Undo ifNotExists(String what, Name name) {
    return unknown("whether %s %s was there before is not known".formatted(what, name));
  }
}
