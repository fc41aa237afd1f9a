package tranche.sql.undo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.name.TypeText;
import tranche.sql.script.ScriptContext;
import tranche.sql.tree.Node;

/// `CREATE` is taken back by `DROP`, without CASCADE: what somebody has built on it meanwhile stops
/// the undo instead of going too.
final class UndoCreate {
  private static final Map<String, String> DEFINED =
      Map.of(
          "OBJECT_TYPE", "TYPE",
          "OBJECT_COLLATION", "COLLATION",
          "OBJECT_TSPARSER", "TEXT SEARCH PARSER",
          "OBJECT_TSDICTIONARY", "TEXT SEARCH DICTIONARY",
          "OBJECT_TSTEMPLATE", "TEXT SEARCH TEMPLATE",
          "OBJECT_TSCONFIGURATION", "TEXT SEARCH CONFIGURATION");

  private UndoCreate() {}

  static Undo of(Node tree, ScriptContext earlier) {
    return switch (tree.kind()) {
      case "CreateStmt" -> table("TABLE", tree, tree.child("relation"));
      case "CreateForeignTableStmt" -> {
        Node base = tree.child("base").orElse(tree);
        Name name = base.child("relation").map(Name::ofRange).orElseThrow();
        boolean isUncertain = base.flag("if_not_exists");
        yield drop("FOREIGN TABLE", name, isUncertain);
      }
      case "CreateTableAsStmt" -> tableAs(tree);
      case "ViewStmt" -> view(tree);
      case "CreateSeqStmt" -> sequence(tree);
      case "IndexStmt" -> index(tree, earlier);
      case "CompositeTypeStmt" ->
          drop("TYPE", tree.child("typevar").map(Name::ofRange).orElseThrow(), false);
      case "CreateEnumStmt", "CreateRangeStmt" ->
          drop("TYPE", Name.ofParts(tree.children("typeName")), false);
      case "CreateDomainStmt" -> drop("DOMAIN", Name.ofParts(tree.children("domainname")), false);
      case "CreateFunctionStmt" -> routine(tree);
      case "DefineStmt" -> define(tree);
      case "CreateTrigStmt" -> part("TRIGGER", "relation", "trigname", tree, earlier);
      case "CreatePolicyStmt" -> part("POLICY", "table", "policy_name", tree, earlier);
      case "RuleStmt" -> part("RULE", "relation", "rulename", tree, earlier);
      case "CreateStatsStmt" -> statistics(tree);
      case "CreateSchemaStmt" -> schema(tree);
      default -> UndoCreateRare.of(tree);
    };
  }

  static Undo drop(String kind, Name name, boolean isUncertain) {
    return isUncertain
        ? Undos.ifNotExists(kind.toLowerCase(java.util.Locale.ROOT), name)
        : Undos.statement("DROP %s %s".formatted(kind, name.sql()));
  }

  private static boolean isTemporary(Optional<Node> range) {
    return range
        .filter(r ->
            r.text("relpersistence").filter("t"::equals).isPresent()
                || Name.ofRange(r).isTemporary())
        .isPresent();
  }

  private static Undo table(String kind, Node tree, Optional<Node> range) {
    Name name = range.map(Name::ofRange).orElseThrow();
    if (isTemporary(range)) {
      return new Undo.NotNeeded();
    }
    return tree.flag("if_not_exists")
        ? Undos.ifNotExists("table", name)
        : Undos.losing("DROP %s %s".formatted(kind, name.sql()), "the rows of " + name);
  }

  private static Undo tableAs(Node tree) {
    Optional<Node> range = tree.child("into").flatMap(i -> i.child("rel"));
    boolean isView = tree.text("objtype").filter("OBJECT_MATVIEW"::equals).isPresent();
    return isView
        ? drop(
            "MATERIALIZED VIEW", range.map(Name::ofRange).orElseThrow(), tree.flag("if_not_exists"))
        : table("TABLE", tree, range);
  }

  /// `SELECT ... INTO`.
  static Undo selectInto(Node into) {
    return table("TABLE", into, into.child("rel"));
  }

  private static Undo view(Node tree) {
    Name name = tree.child("view").map(Name::ofRange).orElseThrow();
    if (isTemporary(tree.child("view"))) {
      return new Undo.NotNeeded();
    }
    return tree.flag("replace")
        ? Undos.unknown("the view %s as it was before is not in the statement".formatted(name))
        : drop("VIEW", name, false);
  }

  private static Undo sequence(Node tree) {
    Name name = tree.child("sequence").map(Name::ofRange).orElseThrow();
    if (isTemporary(tree.child("sequence"))) {
      return new Undo.NotNeeded();
    }
    return tree.flag("if_not_exists")
        ? Undos.ifNotExists("sequence", name)
        : Undos.losing("DROP SEQUENCE " + name.sql(), "the position of " + name);
  }

  private static Undo index(Node tree, ScriptContext earlier) {
    Name table = tree.child("relation").map(Name::ofRange).orElseThrow();
    Optional<String> name = tree.text("idxname");
    if (earlier.isNew(table)) {
      return new Undo.NotNeeded();
    }
    if (name.isEmpty()) {
      return Undos.unknown(
          "the index on %s has no name in the script; give it one".formatted(table));
    }
    String concurrently = tree.flag("concurrent") ? " CONCURRENTLY" : "";
    Name index = table.sibling(name.get());
    return tree.flag("if_not_exists")
        ? Undos.ifNotExists("index", index)
        : Undos.statement("DROP INDEX%s %s".formatted(concurrently, index.sql()));
  }

  private static Undo routine(Node tree) {
    Name name = Name.ofParts(tree.children("funcname"));
    String kind = tree.flag("is_procedure") ? "PROCEDURE" : "FUNCTION";
    if (tree.flag("replace")) {
      return Undos.unknown("%s as it was before is not in the statement".formatted(name));
    }
    List<String> types =
        tree.children("parameters").stream()
            .filter(p -> isArgument(p, tree.flag("is_procedure")))
            .map(UndoCreate::type)
            .toList();
    return Undos.statement("DROP %s %s(%s)".formatted(kind, name.sql(), String.join(", ", types)));
  }

  // What a function is told apart by: not what it gives back.
  private static boolean isArgument(Node parameter, boolean isProcedure) {
    return switch (parameter.text("mode").orElse("")) {
      case "FUNC_PARAM_TABLE" -> false;
      case "FUNC_PARAM_OUT" -> isProcedure;
      default -> true;
    };
  }

  private static String type(Node parameter) {
    String type = parameter.child("argType").map(TypeText::of).orElse("");
    boolean isOut = parameter.text("mode").filter("FUNC_PARAM_OUT"::equals).isPresent();
    return isOut ? "OUT " + type : type;
  }

  private static Undo define(Node tree) {
    Name name = Name.ofParts(tree.children("defnames"));
    String kind = tree.text("kind").orElse("");
    boolean isUncertain = tree.flag("if_not_exists") || tree.flag("replace");
    return switch (kind) {
      case "OBJECT_AGGREGATE" -> aggregate(name, tree, isUncertain);
      case "OBJECT_OPERATOR" -> operator(name, tree);
      default -> {
        String word = DEFINED.get(kind);
        yield word == null
            ? Undos.unknown("the kind of object is not known")
            : drop(word, name, isUncertain);
      }
    };
  }

  private static Undo aggregate(Name name, Node tree, boolean isUncertain) {
    List<Node> lists = tree.children("args");
    List<Node> arguments = lists.isEmpty() ? List.of() : lists.getFirst().children("items");
    boolean isOrdered = lists.size() > 1 && lists.get(1).number("ival").orElse(0) != -1;
    boolean isOldStyle = tree.flag("oldstyle");
    if (isUncertain || isOrdered || isOldStyle) {
      return Undos.unknown("the aggregate %s is not of the simple form".formatted(name));
    }
    List<String> types = arguments.stream().map(UndoCreate::type).toList();
    String list = types.isEmpty() ? "*" : String.join(", ", types);
    return Undos.statement("DROP AGGREGATE %s(%s)".formatted(name.sql(), list));
  }

  private static Undo operator(Name name, Node tree) {
    String schema = name.schema().map(s -> Quoting.identifier(s) + ".").orElse("");
    return Undos.statement(
        "DROP OPERATOR %s%s (%s, %s)"
            .formatted(schema, name.own(), side("leftarg", tree), side("rightarg", tree)));
  }

  private static String side(String field, Node tree) {
    return tree.children("definition").stream()
        .filter(d -> d.text("defname").filter(field::equals).isPresent())
        .findFirst()
        .flatMap(d -> d.child("arg"))
        .map(TypeText::of)
        .orElse("NONE");
  }

  private static Undo part(
      String kind, String tableField, String nameField, Node tree, ScriptContext earlier) {
    Name table = tree.child(tableField).map(Name::ofRange).orElseThrow();
    String name = tree.text(nameField).orElse("");
    if (earlier.isNew(table)) {
      return new Undo.NotNeeded();
    }
    if (tree.flag("replace")) {
      return Undos.unknown("%s of %s as it was before is not known".formatted(name, table));
    }
    return Undos.statement(
        "DROP %s %s ON %s".formatted(kind, Quoting.identifier(name), table.sql()));
  }

  private static Undo statistics(Node tree) {
    if (tree.children("defnames").isEmpty()) {
      return Undos.unknown("the statistics have no name in the script; give them one");
    }
    Name name = Name.ofParts(tree.children("defnames"));
    return drop("STATISTICS", name, tree.flag("if_not_exists"));
  }

  private static Undo schema(Node tree) {
    Optional<String> name = tree.text("schemaname");
    boolean hasParts = !tree.children("schemaElts").isEmpty();
    if (name.isEmpty() || hasParts) {
      return Undos.unknown("the schema is made together with what is in it");
    }
    return drop("SCHEMA", Name.of(name.get()), tree.flag("if_not_exists"));
  }
}
