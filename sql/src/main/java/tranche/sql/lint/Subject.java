package tranche.sql.lint;

import tranche.core.migration.StatementEffect;
import tranche.sql.name.Name;
import tranche.sql.script.ScriptContext;
import tranche.sql.split.ScriptPart;
import tranche.sql.tree.Node;

/// A statement under review.
///
/// @param index its place in the script, from 0
/// @param earlier what the statements before it have made
record Subject(
    Reviewed migration, int index, ScriptPart part, StatementEffect effect, ScriptContext earlier) {
  Node tree() {
    return part.tree();
  }

  String text(String field) {
    return tree().text(field).orElse("");
  }

  Name relation(String field) {
    return tree().child(field).map(Name::ofRange).orElse(Name.of(""));
  }

  /// Whether a relation was there before the script, so that somebody may be using it.
  boolean isInUse(Name relation) {
    return !earlier.isNew(relation);
  }
}
