package tranche.sql.undo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.name.TypeText;
import tranche.sql.tree.Node;

/// Back to the old name, or the old schema if the statement says it.
final class UndoRename {
  private static final Map<String, String> DIFFERENT =
      Map.of(
          "OBJECT_MATVIEW", "MATERIALIZED VIEW",
          "OBJECT_STATISTIC_EXT", "STATISTICS",
          "OBJECT_FOREIGN_TABLE", "FOREIGN TABLE",
          "OBJECT_EVENT_TRIGGER", "EVENT TRIGGER",
          "OBJECT_FDW", "FOREIGN DATA WRAPPER",
          "OBJECT_FOREIGN_SERVER", "SERVER");

  private UndoRename() {}

  static Undo of(Node tree) {
    return tree.is("RenameStmt") ? rename(tree) : move(tree);
  }

  private static String word(String type) {
    String different = DIFFERENT.get(type);
    return different != null
        ? different
        : type.replaceFirst("^OBJECT_", "").toUpperCase(Locale.ROOT).replace('_', ' ');
  }

  private static Undo rename(Node tree) {
    String type = tree.text("renameType").orElse("");
    String from = tree.text("subname").orElse("");
    String to = tree.text("newname").orElse("");
    Optional<Name> relation = tree.child("relation").map(Name::ofRange);
    if (relation.isEmpty()) {
      return object(type, from, to, tree);
    }
    Name name = relation.get();
    return switch (type) {
      case "OBJECT_COLUMN" -> part(relationWord(tree), name, "COLUMN", to, from);
      case "OBJECT_ATTRIBUTE" -> attribute(name, to, from, tree);
      case "OBJECT_TABCONSTRAINT" -> part("TABLE", name, "CONSTRAINT", to, from);
      case "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" ->
          Undos.statement(
              "ALTER %s %s ON %s RENAME TO %s"
                  .formatted(
                      word(type), Quoting.identifier(to), name.sql(), Quoting.identifier(from)));
      default -> back(word(type), name.sibling(to).sql(), name.own());
    };
  }

  private static String relationWord(Node tree) {
    return word(tree.text("relationType").orElse("OBJECT_TABLE"));
  }

  private static Undo part(String kind, Name table, String part, String now, String before) {
    return Undos.statement(
        "ALTER %s %s RENAME %s %s TO %s"
            .formatted(
                kind, table.sql(), part, Quoting.identifier(now), Quoting.identifier(before)));
  }

  private static Undo attribute(Name type, String now, String before, Node tree) {
    boolean isCascade = tree.text("behavior").filter("DROP_CASCADE"::equals).isPresent();
    return Undos.statement(
        "ALTER TYPE %s RENAME ATTRIBUTE %s TO %s%s"
            .formatted(
                type.sql(),
                Quoting.identifier(now),
                Quoting.identifier(before),
                isCascade ? " CASCADE" : ""));
  }

  private static Undo back(String kind, String now, String before) {
    return Undos.statement(
        "ALTER %s %s RENAME TO %s".formatted(kind, now, Quoting.identifier(before)));
  }

  private static Undo object(String type, String from, String to, Node tree) {
    Optional<Node> object = tree.child("object");
    List<Node> items = object.map(o -> o.children("items")).orElse(List.of());
    if (type.equals("OBJECT_DOMCONSTRAINT")) {
      return part("DOMAIN", Name.ofParts(items), "CONSTRAINT", to, from);
    }
    if (object.filter(o -> o.is("ObjectWithArgs")).isPresent()) {
      return routine(type, to, object.get());
    }
    if (!items.isEmpty() && !type.startsWith("OBJECT_OP")) {
      Name name = Name.ofParts(items);
      return back(word(type), name.sibling(to).sql(), name.own());
    }
    Optional<String> own = object.flatMap(o -> o.text("sval")).or(() -> tree.text("subname"));
    return own.isPresent() && items.isEmpty()
        ? back(word(type), Quoting.identifier(to), own.get())
        : Undos.unknown("how it is renamed back is not known");
  }

  private static Undo routine(String type, String to, Node object) {
    Name name = Name.ofParts(object.children("objname"));
    boolean isPlain = object.children("objfuncargs").stream().allMatch(UndoRename::isInput);
    if (object.flag("args_unspecified")) {
      return back(word(type), name.sibling(to).sql(), name.own());
    }
    if (type.equals("OBJECT_AGGREGATE") || !isPlain) {
      return Undos.unknown("the arguments of %s are not of the simple form".formatted(name));
    }
    List<String> types = object.children("objargs").stream().map(TypeText::of).toList();
    String now = "%s(%s)".formatted(name.sibling(to).sql(), String.join(", ", types));
    return back(word(type), now, name.own());
  }

  private static boolean isInput(Node parameter) {
    return switch (parameter.text("mode").orElse("")) {
      case "FUNC_PARAM_IN", "FUNC_PARAM_DEFAULT", "FUNC_PARAM_VARIADIC" -> true;
      default -> false;
    };
  }

  private static Undo move(Node tree) {
    Optional<Name> relation = tree.child("relation").map(Name::ofRange);
    Name name =
        relation.orElseGet(() ->
            Name.ofParts(tree.child("object").map(o -> o.children("items")).orElse(List.of())));
    if (name.schema().isEmpty() || name.own().isEmpty()) {
      return Undos.unknown("the schema before is not in the statement");
    }
    Name now = new Name(tree.text("newschema"), name.own());
    String kind = word(tree.text("objectType").orElse(""));
    return Undos.statement(
        "ALTER %s %s SET SCHEMA %s"
            .formatted(kind, now.sql(), Quoting.identifier(name.schema().get())));
  }
}
