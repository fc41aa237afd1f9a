package tranche.sql.undo;

import java.util.Optional;
import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.script.ObjectKind;
import tranche.sql.script.ScriptContext;
import tranche.sql.tree.Node;

/// Changes of enums and domains.
final class UndoTypes {
  private UndoTypes() {}

  static Undo of(Node tree, ScriptContext earlier) {
    Name type = Name.ofParts(tree.children("typeName"));
    if (earlier.made(ObjectKind.TYPE, type.text()).isPresent()) {
      return new Undo.NotNeeded();
    }
    return tree.is("AlterEnumStmt") ? enumeration(tree, type) : domain(tree, type);
  }

  private static Undo enumeration(Node tree, Name type) {
    Optional<String> before = tree.text("oldVal");
    String value = tree.text("newVal").orElse("");
    return before.isEmpty()
        ? Undos.unknown("PostgreSQL cannot take a value out of an enum")
        : Undos.statement(
            "ALTER TYPE %s RENAME VALUE %s TO %s"
                .formatted(type.sql(), Quoting.literal(value), Quoting.literal(before.get())));
  }

  private static Undo domain(Node tree, Name domain) {
    Optional<String> constraint = tree.child("def").flatMap(d -> d.text("conname"));
    return switch (tree.text("subtype").orElse("")) {
      case "C" ->
          constraint
              .map(name -> alter(domain, "DROP CONSTRAINT " + Quoting.identifier(name)))
              .orElseGet(() -> Undos.unknown("the constraint has no name in the script"));
      case "V" -> new Undo.NotNeeded();
      case "O" -> alter(domain, "DROP NOT NULL");
      case "N" -> alter(domain, "SET NOT NULL");
      case "T" ->
          tree.isPresent("def")
              ? alter(domain, "DROP DEFAULT")
              : Undos.unknown("the default of %s before is not known".formatted(domain));
      default -> Undos.unknown("the constraint's definition is not known");
    };
  }

  private static Undo alter(Name domain, String change) {
    return Undos.statement("ALTER DOMAIN %s %s".formatted(domain.sql(), change));
  }
}
