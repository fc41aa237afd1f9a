package tranche.sql.undo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.script.ObjectKind;
import tranche.sql.script.ScriptContext;
import tranche.sql.split.ScriptPart;
import tranche.sql.tree.Node;

/// Takes back each command of an `ALTER TABLE`, the last one first.
final class UndoAlterTable {
  private final Name table;
  private final String kind;
  private final ScriptContext earlier;

  private UndoAlterTable(Name table, String kind, ScriptContext earlier) {
    this.table = table;
    this.kind = kind;
    this.earlier = earlier;
  }

  static Undo of(ScriptPart statement, ScriptContext earlier) {
    Node tree = statement.tree();
    Name table = tree.child("relation").map(Name::ofRange).orElse(Name.of(""));
    String type = tree.text("objtype").orElse("");
    // Tables and indexes that the script has made go as a whole.
    if (earlier.isNew(table)) {
      return new Undo.NotNeeded();
    }
    var undo =
        new UndoAlterTable(table, type.equals("OBJECT_INDEX") ? "INDEX" : word(type), earlier);
    List<Undo> undos = new ArrayList<>();
    tree.children("cmds").forEach(command -> undos.add(undo.command(command)));
    return WholeUndo.of(undos);
  }

  private static String word(String type) {
    return switch (type) {
      case "OBJECT_VIEW" -> "VIEW";
      case "OBJECT_MATVIEW" -> "MATERIALIZED VIEW";
      case "OBJECT_FOREIGN_TABLE" -> "FOREIGN TABLE";
      case "OBJECT_TYPE" -> "TYPE";
      case "OBJECT_SEQUENCE" -> "SEQUENCE";
      default -> "TABLE";
    };
  }

  private Undo alter(String change) {
    return Undos.statement("ALTER %s %s %s".formatted(kind, table.sql(), change));
  }

  private Undo alter(String form, String name) {
    return alter(form.formatted(Quoting.identifier(name)));
  }

  private Undo command(Node command) {
    String subtype = command.text("subtype").orElse("");
    String name = command.text("name").orElse("");
    return switch (subtype) {
      case "AT_AddColumn" -> addColumn(command);
      case "AT_DropColumn" -> again(ObjectKind.COLUMN, name, "what the column held is gone");
      case "AT_AddConstraint" -> addConstraint(command.child("def").orElse(command));
      case "AT_DropConstraint" ->
          again(ObjectKind.CONSTRAINT, name, "the definition of %s is not known".formatted(name));
      // A constraint that was checked once too often does no harm.
      case "AT_ValidateConstraint" -> new Undo.NotNeeded();
      case "AT_SetNotNull" -> ofColumn(name, "ALTER COLUMN %s DROP NOT NULL");
      case "AT_DropNotNull" -> ofColumn(name, "ALTER COLUMN %s SET NOT NULL");
      case "AT_ColumnDefault" -> columnDefault(command, name);
      case "AT_AddIdentity" -> ofColumn(name, "ALTER COLUMN %s DROP IDENTITY");
      case "AT_SetStatistics" -> ofColumn(name, "ALTER COLUMN %s SET STATISTICS -1");
      case "AT_SetOptions" -> resetColumn(command, name);
      case "AT_SetCompression" -> ofColumn(name, "ALTER COLUMN %s SET COMPRESSION default");
      case "AT_AlterColumnType" ->
          isNewColumn(name)
              ? new Undo.NotNeeded()
              : Undos.unknown("the type of %s.%s before is not known".formatted(table, name));
      default -> ofTable(subtype, name, command);
    };
  }

  private boolean isNewColumn(String column) {
    return earlier.isNewColumn(table, column);
  }

  private Undo ofColumn(String column, String form) {
    return isNewColumn(column) ? new Undo.NotNeeded() : alter(form, column);
  }

  private Undo addColumn(Node command) {
    String column = command.child("def").flatMap(d -> d.text("colname")).orElse("");
    String what = kind.equals("TYPE") ? "ATTRIBUTE" : "COLUMN";
    if (command.flag("missing_ok")) {
      return Undos.ifNotExists("column", table.sibling(table.own() + "." + column));
    }
    String sql =
        "ALTER %s %s DROP %s %s".formatted(kind, table.sql(), what, Quoting.identifier(column));
    return kind.equals("TYPE")
        ? Undos.statement(sql)
        : Undos.losing(sql, "what was written to %s.%s".formatted(table, column));
  }

  /// Makes again what the same script has made before: nobody has used it in between.
  private Undo again(ObjectKind what, String name, String why) {
    return earlier
        .madeIn(what, table, name)
        .map(creation -> Undos.statement(creation.sql()))
        .orElseGet(() -> Undos.unknown(why));
  }

  private Undo addConstraint(Node definition) {
    Optional<String> name = definition.text("conname").or(() -> DefaultNames.of(table, definition));
    boolean isNotNull = definition.text("contype").filter("CONSTR_NOTNULL"::equals).isPresent();
    if (name.isEmpty()) {
      return Undos.unknown(
          "a constraint of %s has no name in the script; give it one".formatted(table));
    }
    // Turning an index into a constraint cannot be undone without losing the index.
    if (definition.isPresent("indexname")) {
      return Undos.unknown("dropping the constraint %s drops its index too".formatted(name.get()));
    }
    return isNotNull && definition.text("conname").isEmpty()
        ? Undos.unknown("the constraint has no name in the script; give it one")
        : alter("DROP CONSTRAINT %s", name.get());
  }

  private Undo columnDefault(Node command, String column) {
    if (isNewColumn(column)) {
      return new Undo.NotNeeded();
    }
    Optional<String> before =
        earlier.madeIn(ObjectKind.DEFAULT, table, column).map(ScriptContext.Creation::sql);
    if (before.isPresent()) {
      return Undos.statement(before.get());
    }
    return command.isPresent("def")
        ? alter("ALTER COLUMN %s DROP DEFAULT", column)
        : Undos.unknown("the default of %s.%s before is not known".formatted(table, column));
  }

  private Undo resetColumn(Node command, String column) {
    return alter(
        "ALTER COLUMN %s RESET (%s)".formatted(Quoting.identifier(column), options(command)));
  }

  private static String options(Node command) {
    return String.join(
        ", ",
        command.child("def").map(d -> d.children("items")).orElse(List.of()).stream()
            .map(UndoAlterTable::option)
            .toList());
  }

  private static String option(Node option) {
    String space = option.text("defnamespace").map(n -> Quoting.identifier(n) + ".").orElse("");
    return space + Quoting.identifier(option.text("defname").orElse(""));
  }

  private Undo ofTable(String subtype, String name, Node command) {
    return switch (subtype) {
      case "AT_EnableRowSecurity" -> alter("DISABLE ROW LEVEL SECURITY");
      case "AT_DisableRowSecurity" -> alter("ENABLE ROW LEVEL SECURITY");
      case "AT_ForceRowSecurity" -> alter("NO FORCE ROW LEVEL SECURITY");
      case "AT_NoForceRowSecurity" -> alter("FORCE ROW LEVEL SECURITY");
      case "AT_SetLogged" -> alter("SET UNLOGGED");
      case "AT_SetUnLogged" -> alter("SET LOGGED");
      case "AT_SetRelOptions" -> alter("RESET (%s)".formatted(options(command)));
      case "AT_ClusterOn" -> alter("SET WITHOUT CLUSTER");
      case "AT_EnableTrig" -> alter("DISABLE TRIGGER %s", name);
      case "AT_DisableTrig", "AT_EnableAlwaysTrig", "AT_EnableReplicaTrig" ->
          alter("ENABLE TRIGGER %s", name);
      case "AT_EnableTrigAll" -> alter("DISABLE TRIGGER ALL");
      case "AT_DisableTrigAll" -> alter("ENABLE TRIGGER ALL");
      case "AT_EnableTrigUser" -> alter("DISABLE TRIGGER USER");
      case "AT_DisableTrigUser" -> alter("ENABLE TRIGGER USER");
      case "AT_EnableRule" -> alter("DISABLE RULE %s", name);
      case "AT_DisableRule", "AT_EnableAlwaysRule", "AT_EnableReplicaRule" ->
          alter("ENABLE RULE %s", name);
      case "AT_AttachPartition" ->
          kind.equals("TABLE")
              ? alter("DETACH PARTITION " + other(command).sql())
              : Undos.unknown("an index cannot be detached from its partitioned index");
      case "AT_AddInherit" -> alter("NO INHERIT " + other(command).sql());
      case "AT_DropInherit" -> alter("INHERIT " + other(command).sql());
      case "AT_AddOf" -> alter("NOT OF");
      case "AT_ReplicaIdentity" -> alter("REPLICA IDENTITY DEFAULT");
      case "AT_DropOids" -> new Undo.NotNeeded();
      default -> Undos.unknown("the state of %s before is not in the statement".formatted(table));
    };
  }

  private static Name other(Node command) {
    Node definition = command.child("def").orElse(command);
    return Name.ofRange(definition.child("name").orElse(definition));
  }
}
