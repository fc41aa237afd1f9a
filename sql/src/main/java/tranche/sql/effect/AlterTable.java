package tranche.sql.effect;

import java.util.Map;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// `ALTER TABLE` and its namesakes for indexes, views, sequences and composite types: each command
/// of the statement adds to its effect.
final class AlterTable {
  private static final Map<String, String> WORDS =
      Map.of(
          "OBJECT_TABLE", "table",
          "OBJECT_INDEX", "index",
          "OBJECT_VIEW", "view",
          "OBJECT_MATVIEW", "materialized view",
          "OBJECT_SEQUENCE", "sequence",
          "OBJECT_FOREIGN_TABLE", "foreign table",
          "OBJECT_TYPE", "type");

  private AlterTable() {}

  /// What a statement alters.
  ///
  /// @param word what kind of thing it is, for people
  record Target(Name name, String word, Scene scene) {
    boolean isNew() {
      return scene.isNew(name);
    }

    boolean isTemporary() {
      return scene.earlier().isTemporary(name);
    }

    boolean isType() {
      return word.equals("type");
    }

    String dot(String part) {
      return name.text() + "." + part;
    }
  }

  static Draft draft(Scene scene) {
    String word = WORDS.getOrDefault(scene.text("objtype"), "relation");
    var target = new Target(scene.relation("relation"), word, scene);
    var draft = new Draft();
    for (Node command : scene.tree().children("cmds")) {
      apply(command, target, draft);
    }
    return draft.touches(word, target.name());
  }

  private static void apply(Node command, Target target, Draft draft) {
    boolean isUnderstood =
        ColumnCommands.apply(command, target, draft)
            || ConstraintCommands.apply(command, target, draft)
            || TableCommands.apply(command, target, draft);
    if (!isUnderstood) {
      TableCommands.unknown(command, target, draft);
    }
  }
}
