package tranche.sql.undo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.core.migration.Undo;
import tranche.sql.function.Volatility;
import tranche.sql.name.Name;
import tranche.sql.script.ScriptContext;
import tranche.sql.tree.Node;

/// Rows come back from nowhere, unless they were written to what the same script has made.
final class UndoRows {
  private static final Set<String> WRITES =
      Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

  // Functions that leave something behind, and those of which it is not known.
  private static final Set<String> READS =
      Set.of("count", "now", "current_setting", "to_regclass", "version", "pg_sleep", "set_config");

  private UndoRows() {}

  static Undo of(Node tree, ScriptContext earlier) {
    Optional<Node> into = tree.child("intoClause");
    if (into.isPresent()) {
      return UndoCreate.selectInto(into.get());
    }
    return switch (tree.kind()) {
      case "TruncateStmt" -> truncate(tree, earlier);
      case "CopyStmt" -> copy(tree, earlier);
      default -> any(tree, earlier);
    };
  }

  private static Undo any(Node node, ScriptContext earlier) {
    if (WRITES.contains(node.kind()) && !goesWithTheScript(node, earlier)) {
      Name table = node.child("relation").map(Name::ofRange).orElse(Name.of(""));
      return Undos.unknown("the rows of %s before are not known".formatted(table));
    }
    if (node.is("FuncCall") && !isRead(node)) {
      String name = Name.ofParts(node.children("funcname")).text();
      return Undos.unknown("what %s() leaves behind is not known".formatted(name));
    }
    for (Node part : node.children()) {
      if (any(part, earlier) instanceof Undo.Unknown unknown) {
        return unknown;
      }
    }
    return new Undo.NotNeeded();
  }

  private static boolean isRead(Node call) {
    Name name = Name.ofParts(call.children("funcname"));
    return READS.contains(name.own()) || Volatility.isHarmless(name);
  }

  private static boolean goesWithTheScript(Node write, ScriptContext earlier) {
    Name table = write.child("relation").map(Name::ofRange).orElse(Name.of(""));
    if (earlier.isNew(table)) {
      return true;
    }
    List<Node> targets = write.children("targetList");
    return write.is("UpdateStmt")
        && targets.stream().allMatch(t -> earlier.isNewColumn(table, t.text("name").orElse("")));
  }

  private static Undo truncate(Node tree, ScriptContext earlier) {
    boolean areNew =
        tree.children("relations").stream().allMatch(r -> earlier.isNew(Name.ofRange(r)));
    return areNew ? new Undo.NotNeeded() : Undos.unknown("the rows before are gone");
  }

  private static Undo copy(Node tree, ScriptContext earlier) {
    Name table = tree.child("relation").map(Name::ofRange).orElse(Name.of(""));
    boolean needsNone = !tree.flag("is_from") || earlier.isNew(table);
    return needsNone
        ? new Undo.NotNeeded()
        : Undos.unknown("which rows of %s were copied in is not known".formatted(table));
  }
}
