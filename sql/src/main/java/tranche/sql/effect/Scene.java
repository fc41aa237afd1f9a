package tranche.sql.effect;

import java.util.Optional;
import tranche.sql.name.Name;
import tranche.sql.script.ScriptContext;
import tranche.sql.split.ScriptPart;
import tranche.sql.tree.Node;

/// A statement, and what is known from those before it.
record Scene(ScriptPart statement, ScriptContext earlier) {
  Node tree() {
    return statement.tree();
  }

  String text(String field) {
    return tree().text(field).orElse("");
  }

  /// The relation in a field of the statement.
  Name relation(String field) {
    return tree().child(field).map(Name::ofRange).orElseGet(() -> Name.of(""));
  }

  boolean isNew(Name relation) {
    return earlier.isNew(relation);
  }

  static boolean isTemporary(Optional<Node> range) {
    return range
        .filter(r ->
            r.text("relpersistence").filter("t"::equals).isPresent()
                || Name.ofRange(r).isTemporary())
        .isPresent();
  }
}
