package tranche.sql.undo;

import java.util.List;
import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.script.ObjectKind;
import tranche.sql.script.ScriptContext;
import tranche.sql.tree.Node;

/// Comments and labels. On what the script has made they go with it.
final class UndoNotes {
  private UndoNotes() {}

  static Undo of(Node tree, ScriptContext earlier) {
    return isOnNew(tree, earlier)
        ? new Undo.NotNeeded()
        : Undos.unknown("the comment before is not known");
  }

  private static boolean isOnNew(Node tree, ScriptContext earlier) {
    List<Node> parts = tree.child("object").map(o -> o.children("items")).orElse(List.of());
    String type = tree.text("objtype").orElse("");
    return switch (type) {
      case "OBJECT_COLUMN" ->
          earlier.isNewColumn(table(parts), parts.getLast().text("sval").orElse(""));
      case "OBJECT_TABCONSTRAINT" -> isPart(ObjectKind.CONSTRAINT, parts, earlier);
      case "OBJECT_TRIGGER" -> isPart(ObjectKind.TRIGGER, parts, earlier);
      case "OBJECT_POLICY" -> isPart(ObjectKind.POLICY, parts, earlier);
      case "OBJECT_RULE" -> isPart(ObjectKind.RULE, parts, earlier);
      case "OBJECT_FUNCTION", "OBJECT_PROCEDURE" -> {
        var name = tree.child("object").map(o -> Name.ofParts(o.children("objname")));
        yield name.flatMap(n -> earlier.made(ObjectKind.ROUTINE, n.text())).isPresent();
      }
      case "OBJECT_TYPE", "OBJECT_DOMAIN" -> {
        var name = tree.child("object").map(o -> Name.ofParts(o.children("names")));
        yield name.flatMap(n -> earlier.made(ObjectKind.TYPE, n.text())).isPresent();
      }
      case "OBJECT_SCHEMA" ->
          tree.child("object")
              .flatMap(o -> o.text("sval"))
              .flatMap(s -> earlier.made(ObjectKind.SCHEMA, s))
              .isPresent();
      default -> !parts.isEmpty() && earlier.isNew(Name.ofParts(parts));
    };
  }

  private static Name table(List<Node> parts) {
    return Name.ofParts(parts.subList(0, parts.size() - 1));
  }

  private static boolean isPart(ObjectKind kind, List<Node> parts, ScriptContext earlier) {
    Name table = table(parts);
    String name = parts.getLast().text("sval").orElse("");
    return earlier.isNew(table) || earlier.madeIn(kind, table, name).isPresent();
  }
}
