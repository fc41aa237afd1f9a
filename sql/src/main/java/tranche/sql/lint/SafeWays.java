package tranche.sql.lint;

import java.util.List;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.name.TypeText;
import tranche.sql.tree.Node;

/// The safe way, as SQL for one table and column. Steps that must not share a migration are told
/// apart by a comment that begins with `-- then`.
final class SafeWays {
  private static final int BATCH = 1_000;

  private SafeWays() {}

  static String setNotNull(Name table, String column) {
    String check = Quoting.identifier("%s_%s_not_null".formatted(table.own(), column));
    return """
    ALTER TABLE %1$s ADD CONSTRAINT %3$s CHECK (%2$s IS NOT NULL) NOT VALID;
    -- then, in the next migration:
    ALTER TABLE %1$s VALIDATE CONSTRAINT %3$s;
    ALTER TABLE %1$s ALTER COLUMN %2$s SET NOT NULL;
    -- then, in a migration with the header -- tranche: phase=contract
    ALTER TABLE %1$s DROP CONSTRAINT %3$s;\
    """
        .formatted(table.sql(), Quoting.identifier(column), check);
  }

  static String requiredColumn(Name table, String column, String type) {
    return """
    ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
    -- then let the new release fill it, and the old rows be filled in a backfill;
    -- then, when no release leaves it empty:
    """
            .formatted(table.sql(), Quoting.identifier(column), type)
        + setNotNull(table, column);
  }

  static String rewritingColumn(Name table, String column, Node definition) {
    String type = definition.child("typeName").map(TypeText::of).orElse("text");
    String quoted = Quoting.identifier(column);
    if (type.contains("serial") || isGenerated(definition)) {
      return """
      ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
      -- then keep it filled with a trigger, and fill the old rows in a backfill\
      """
          .formatted(table.sql(), quoted, integer(type));
    }
    return """
    ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
    ALTER TABLE %1$s ALTER COLUMN %2$s SET DEFAULT (the default);
    -- then, in a migration of phase backfill, fill the rows that were there before\
    """
        .formatted(table.sql(), quoted, type);
  }

  private static String integer(String type) {
    return switch (type) {
      case "smallserial", "serial2" -> "smallint";
      case "serial", "serial4" -> "integer";
      case "bigserial", "serial8" -> "bigint";
      default -> type;
    };
  }

  private static boolean isGenerated(Node definition) {
    return definition.children("constraints").stream()
        .map(c -> c.text("contype").orElse(""))
        .anyMatch(type -> type.equals("CONSTR_GENERATED") || type.equals("CONSTR_IDENTITY"));
  }

  static String changeType(Name table, String column, Node command) {
    String type =
        command.child("def").flatMap(d -> d.child("typeName")).map(TypeText::of).orElse("text");
    return inStep(table, column, column + "_new", type);
  }

  static String renameColumn(Name table, String column, String to) {
    return inStep(table, column, to, "the type of " + column);
  }

  private static String inStep(Name table, String column, String twin, String type) {
    boolean isKnown = !type.startsWith("the type of");
    String add =
        "ALTER TABLE %s ADD COLUMN %s %s;"
            .formatted(
                table.sql(), Quoting.identifier(twin), isKnown ? type : "/* " + type + " */");
    String function = Quoting.identifier("keep_%s_%s".formatted(table.own(), twin));
    return """
    %1$s
    CREATE FUNCTION %2$s() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.%3$s := NEW.%4$s; RETURN NEW; END $$;
    CREATE TRIGGER %2$s BEFORE INSERT OR UPDATE OF %4$s ON %5$s
      FOR EACH ROW EXECUTE FUNCTION %2$s();
    -- then, in a migration with the header -- tranche: phase=backfill batch=%6$d
    %7$s
    -- then, when no release uses it, in a migration with the header -- tranche: phase=contract
    DROP TRIGGER %2$s ON %5$s;
    ALTER TABLE %5$s DROP COLUMN %4$s;\
    """
        .formatted(
            add,
            function,
            Quoting.identifier(twin),
            Quoting.identifier(column),
            table.sql(),
            BATCH,
            fill(table, Quoting.identifier(twin), Quoting.identifier(column)));
  }

  private static String fill(Name table, String twin, String column) {
    return """
    UPDATE %1$s SET %2$s = %3$s WHERE %2$s IS NULL AND %3$s IS NOT NULL AND ctid = ANY (ARRAY(
      SELECT ctid FROM %1$s WHERE %2$s IS NULL AND %3$s IS NOT NULL LIMIT %4$d));\
    """
        .formatted(table.sql(), twin, column, BATCH);
  }

  static String unique(Name table, Node definition) {
    boolean isPrimary = definition.text("contype").filter("CONSTR_PRIMARY"::equals).isPresent();
    List<String> columns =
        definition.children("keys").stream().map(k -> k.text("sval").orElse("")).toList();
    String fallback =
        table.own() + (isPrimary ? "_pkey" : "_" + String.join("_", columns) + "_key");
    String name = Quoting.identifier(definition.text("conname").orElse(fallback));
    String list = String.join(", ", columns.stream().map(Quoting::identifier).toList());
    return """
    CREATE UNIQUE INDEX CONCURRENTLY %1$s ON %2$s (%3$s);
    -- then, in the next migration:
    ALTER TABLE %2$s ADD CONSTRAINT %1$s %4$s USING INDEX %1$s;\
    """
        .formatted(name, table.sql(), list, isPrimary ? "PRIMARY KEY" : "UNIQUE");
  }

  static String boundedUpdate(Name table, String assignments, String condition) {
    return """
    -- in a migration with the header -- tranche: phase=backfill batch=%3$d
    UPDATE %1$s SET %2$s WHERE (%4$s) AND ctid = ANY (ARRAY(
      SELECT ctid FROM %1$s WHERE (%4$s) LIMIT %3$d));\
    """
        .formatted(table.sql(), assignments, BATCH, condition);
  }
}
