package tranche.sql.script;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tranche.sql.name.ClauseText;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.script.ScriptContext.Creation;
import tranche.sql.split.ScriptPart;
import tranche.sql.tree.Node;

/// What one statement adds to a [ScriptContext].
final class Learning {
  private static final String DEFAULT = "default";

  private final ScriptContext context;
  private final ScriptPart statement;
  private final Node tree;

  Learning(ScriptContext context, ScriptPart statement) {
    this.context = context;
    this.statement = statement;
    this.tree = statement.tree();
  }

  void run() {
    switch (tree.kind()) {
      case "CreateStmt" -> relation(tree.child("relation"), tree.flag("if_not_exists"));
      case "CreateForeignTableStmt" ->
          relation(tree.child("base").flatMap(b -> b.child("relation")), false);
      case "CreateTableAsStmt" ->
          relation(tree.child("into").flatMap(i -> i.child("rel")), tree.flag("if_not_exists"));
      case "SelectStmt" -> relation(tree.child("intoClause").flatMap(i -> i.child("rel")), false);
      case "ViewStmt" -> relation(tree.child("view"), tree.flag("replace"));
      case "CreateSeqStmt" -> relation(tree.child("sequence"), tree.flag("if_not_exists"));
      case "IndexStmt" -> index();
      case "CreateEnumStmt", "CreateRangeStmt" -> type(tree.children("typeName"), true);
      case "CreateDomainStmt" ->
          type(tree.children("domainname"), tree.children("constraints").isEmpty());
      case "CompositeTypeStmt" -> tree.child("typevar").ifPresent(this::composite);
      case "CreateFunctionStmt" -> routine();
      case "CreateTrigStmt" -> ofTable(ObjectKind.TRIGGER, "relation", "trigname");
      case "CreatePolicyStmt" -> ofTable(ObjectKind.POLICY, "table", "policy_name");
      case "RuleStmt" -> ofTable(ObjectKind.RULE, "relation", "rulename");
      case "CreateSchemaStmt" -> schema();
      case "AlterTableStmt" -> tree.child("relation").ifPresent(this::alterTable);
      case "RenameStmt" -> rename();
      case "DropStmt" -> drop();
      default -> {}
    }
  }

  private Creation creation(boolean isTemporary) {
    return new Creation(statement.text(), isTemporary);
  }

  // What may have been there before (IF NOT EXISTS, OR REPLACE) is not new.
  private void relation(Optional<Node> range, boolean isUncertain) {
    if (range.isPresent() && !isUncertain) {
      boolean isTemporary = range.get().text("relpersistence").filter("t"::equals).isPresent();
      add(ObjectKind.RELATION, Name.ofRange(range.get()), isTemporary);
    }
  }

  private void add(ObjectKind kind, Name name, boolean isTemporary) {
    context.add(kind, name.text(), creation(isTemporary));
  }

  private void index() {
    Optional<String> name = tree.text("idxname");
    Optional<Node> table = tree.child("relation");
    if (name.isPresent() && table.isPresent() && !tree.flag("if_not_exists")) {
      Name index = Name.ofRange(table.get()).sibling(name.get());
      add(ObjectKind.RELATION, index, context.isTemporary(Name.ofRange(table.get())));
    }
  }

  private void type(List<Node> parts, boolean isUnchecked) {
    Name name = Name.ofParts(parts);
    add(ObjectKind.TYPE, name, false);
    if (isUnchecked) {
      context.addUncheckedType(name);
    }
  }

  private void composite(Node range) {
    add(ObjectKind.TYPE, Name.ofRange(range), false);
    context.addUncheckedType(Name.ofRange(range));
  }

  private void routine() {
    if (!tree.flag("replace")) {
      add(ObjectKind.ROUTINE, Name.ofParts(tree.children("funcname")), false);
    }
  }

  private void schema() {
    Optional<String> name = tree.text("schemaname");
    if (name.isPresent() && !tree.flag("if_not_exists")) {
      context.add(ObjectKind.SCHEMA, name.get(), creation(false));
    }
  }

  private void ofTable(ObjectKind kind, String tableField, String nameField) {
    Optional<Node> table = tree.child(tableField);
    Optional<String> name = tree.text(nameField);
    if (table.isPresent() && name.isPresent() && !tree.flag("replace")) {
      context.addIn(kind, Name.ofRange(table.get()), name.get(), creation(false));
    }
  }

  private void alterTable(Node range) {
    Name table = Name.ofRange(range);
    for (Node command : tree.children("cmds")) {
      Optional<Node> definition = command.child("def");
      String name = command.text("name").orElse("");
      switch (command.text("subtype").orElse("")) {
        case "AT_AddColumn" -> definition.ifPresent(d -> column(table, d, command));
        case "AT_AddConstraint" -> definition.ifPresent(d -> constraint(table, d));
        case "AT_ValidateConstraint" -> context.addValidated(table, name);
        case "AT_ColumnDefault" -> columnDefault(table, name, definition);
        case "AT_DropColumn" -> context.forget(ObjectKind.COLUMN, table.text() + "." + name);
        case "AT_DropConstraint" ->
            context.forget(ObjectKind.CONSTRAINT, table.text() + "." + name);
        default -> {}
      }
    }
  }

  private void column(Name table, Node definition, Node command) {
    Optional<String> name = definition.text("colname");
    if (name.isPresent() && !command.flag("missing_ok")) {
      String sql = "ALTER TABLE " + table.sql() + " ADD COLUMN " + clause(definition);
      context.addIn(ObjectKind.COLUMN, table, name.get(), new Creation(sql, false));
    }
  }

  private void constraint(Name table, Node definition) {
    Optional<String> name = definition.text("conname");
    if (name.isEmpty()) {
      return;
    }
    String sql = "ALTER TABLE " + table.sql() + " ADD " + clause(definition);
    context.addIn(ObjectKind.CONSTRAINT, table, name.get(), new Creation(sql, false));
    notNullColumn(definition).ifPresent(c -> context.addNotNullCheck(table, c, name.get()));
    if (!definition.flag("skip_validation")) {
      context.addValidated(table, name.get());
    }
  }

  private static Optional<String> notNullColumn(Node constraint) {
    if (constraint.text("contype").filter("CONSTR_NOTNULL"::equals).isPresent()) {
      return constraint.children("keys").stream().findFirst().flatMap(k -> k.text("sval"));
    }
    return constraint
        .child("raw_expr")
        .filter(e -> e.is("NullTest"))
        .filter(e -> e.text("nulltesttype").filter("IS_NOT_NULL"::equals).isPresent())
        .flatMap(e -> e.child("arg"))
        .filter(e -> e.is("ColumnRef"))
        .flatMap(e -> e.children("fields").getLast().text("sval"));
  }

  private void columnDefault(Name table, String column, Optional<Node> expression) {
    String key = table.text() + "." + column;
    if (expression.isEmpty()) {
      context.forget(ObjectKind.DEFAULT, key);
      return;
    }
    String sql =
        "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s"
            .formatted(table.sql(), Quoting.identifier(column), defaultText(expression.get()));
    context.add(ObjectKind.DEFAULT, key, new Creation(sql, false));
  }

  // The tree says where parts of an expression begin, but not its first parenthesis.
  private String defaultText(Node expression) {
    String text = statement.text();
    int inside = Math.max(0, firstPlace(expression) - statement.offset());
    int word = text.toLowerCase(Locale.ROOT).lastIndexOf(DEFAULT, Math.min(inside, text.length()));
    return ClauseText.from(text, word < 0 ? inside : word + DEFAULT.length());
  }

  private static int firstPlace(Node node) {
    int first = (int) node.number("location").orElse(Integer.MAX_VALUE);
    for (Node part : node.children()) {
      first = Math.min(first, firstPlace(part));
    }
    return first < 0 ? Integer.MAX_VALUE : first;
  }

  private String clause(Node definition) {
    int at = (int) definition.number("location").orElse(0) - statement.offset();
    return at < 0 ? "" : ClauseText.from(statement.text(), at);
  }

  private void rename() {
    Optional<Name> relation = tree.child("relation").map(Name::ofRange);
    String to = tree.text("newname").orElse("");
    String from = tree.text("subname").orElse("");
    if (relation.isEmpty()) {
      return;
    }
    Name table = relation.get();
    String prefix = table.text() + ".";
    switch (tree.text("renameType").orElse("")) {
      case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_SEQUENCE", "OBJECT_INDEX", "OBJECT_MATVIEW" ->
          context.rename(ObjectKind.RELATION, table.text(), table.sibling(to).text());
      case "OBJECT_COLUMN" -> context.rename(ObjectKind.COLUMN, prefix + from, prefix + to);
      case "OBJECT_TABCONSTRAINT" ->
          context.rename(ObjectKind.CONSTRAINT, prefix + from, prefix + to);
      default -> {}
    }
  }

  private void drop() {
    for (Node object : tree.children("objects")) {
      Name name = Name.ofParts(object.children("items"));
      switch (tree.text("removeType").orElse("")) {
        case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_SEQUENCE", "OBJECT_INDEX", "OBJECT_MATVIEW" ->
            context.forget(ObjectKind.RELATION, name.text());
        case "OBJECT_TYPE", "OBJECT_DOMAIN" ->
            context.forget(ObjectKind.TYPE, Name.ofParts(object.children("names")).text());
        default -> {}
      }
    }
  }
}
