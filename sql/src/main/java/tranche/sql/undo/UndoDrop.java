package tranche.sql.undo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.script.ObjectKind;
import tranche.sql.script.ScriptContext;
import tranche.sql.tree.Node;

/// A drop can be taken back only if the same script has made what it drops.
final class UndoDrop {
  private UndoDrop() {}

  static Undo of(Node tree, ScriptContext earlier) {
    if (tree.text("behavior").filter("DROP_CASCADE"::equals).isPresent()) {
      return Undos.unknown("what went with CASCADE is not known");
    }
    List<Undo> undos = new ArrayList<>();
    for (Node object : tree.children("objects")) {
      undos.add(one(tree.text("removeType").orElse(""), object, earlier));
    }
    return WholeUndo.of(undos);
  }

  private static Undo one(String type, Node object, ScriptContext earlier) {
    List<Node> items = object.children("items");
    Name name = Name.ofParts(items);
    return switch (type) {
      case "OBJECT_TABLE", "OBJECT_SEQUENCE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX" ->
          relation(name, earlier);
      case "OBJECT_TRIGGER" -> part(ObjectKind.TRIGGER, items, earlier);
      case "OBJECT_POLICY" -> part(ObjectKind.POLICY, items, earlier);
      case "OBJECT_RULE" -> part(ObjectKind.RULE, items, earlier);
      case "OBJECT_TYPE", "OBJECT_DOMAIN" -> {
        Name typeName = Name.ofParts(object.children("names"));
        yield again(earlier.made(ObjectKind.TYPE, typeName.text()), typeName.text());
      }
      case "OBJECT_SCHEMA" -> {
        String schema = object.text("sval").orElse("");
        yield again(earlier.made(ObjectKind.SCHEMA, schema), schema);
      }
      default -> Undos.unknown("the definition of what was dropped is not known");
    };
  }

  private static Undo relation(Name name, ScriptContext earlier) {
    return earlier.isTemporary(name)
        ? new Undo.NotNeeded()
        : again(earlier.made(ObjectKind.RELATION, name.text()), name.text());
  }

  private static Undo part(ObjectKind kind, List<Node> items, ScriptContext earlier) {
    Name table = Name.ofParts(items.subList(0, items.size() - 1));
    String name = items.getLast().text("sval").orElse("");
    return earlier.isNew(table)
        ? new Undo.NotNeeded()
        : again(earlier.madeIn(kind, table, name), table + "." + name);
  }

  private static Undo again(Optional<ScriptContext.Creation> creation, String name) {
    return creation
        .map(c -> Undos.statement(c.sql()))
        .orElseGet(() -> Undos.unknown("the definition of %s is not known".formatted(name)));
  }
}
