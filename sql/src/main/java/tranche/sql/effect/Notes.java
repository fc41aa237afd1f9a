package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.ACCESS_SHARE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.List;
import java.util.Optional;
import tranche.core.migration.LockLevel;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Statements that write down something about an object: comments, labels, owners, dependencies.
final class Notes {
  private Notes() {}

  static Draft draft(Scene scene) {
    return switch (scene.tree().kind()) {
      case "CommentStmt" -> about("comment on", scene);
      case "SecLabelStmt" -> about("label", scene);
      case "AlterObjectDependsStmt" -> depends(scene);
      default -> owner(scene);
    };
  }

  private static Draft about(String verb, Scene scene) {
    String type = scene.text("objtype");
    String kind = ObjectWords.of(type);
    List<Node> parts = scene.tree().child("object").map(o -> o.children("items")).orElse(List.of());
    Name name = Renames.name(scene.tree());
    Draft draft = new Draft();
    switch (type) {
      case "OBJECT_COLUMN" -> part(kind, parts, SHARE_UPDATE_EXCLUSIVE, scene, draft);
      case "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" ->
          part(kind, parts, ACCESS_SHARE, scene, draft);
      case "OBJECT_TABLE",
          "OBJECT_VIEW",
          "OBJECT_MATVIEW",
          "OBJECT_SEQUENCE",
          "OBJECT_INDEX",
          "OBJECT_FOREIGN_TABLE" ->
          draft.touches(kind, name).locks(SHARE_UPDATE_EXCLUSIVE, name, scene);
      default -> draft.touches(kind, name);
    }
    return draft.says("%s %s %s".formatted(verb, kind, described(parts, name)));
  }

  private static String described(List<Node> parts, Name name) {
    List<String> words =
        parts.stream()
            .map(p -> p.text("sval"))
            .filter(Optional::isPresent)
            .map(Optional::get)
            .toList();
    return words.isEmpty() ? name.text() : String.join(".", words);
  }

  private static void part(
      String kind, List<Node> parts, LockLevel lock, Scene scene, Draft draft) {
    Name table = Name.ofParts(parts.subList(0, parts.size() - 1));
    draft.touches(kind, table, parts.getLast().text("sval").orElse("")).locks(lock, table, scene);
  }

  private static Draft depends(Scene scene) {
    Draft draft =
        Draft.of(
            "tie to extension "
                + scene.tree().child("extname").flatMap(e -> e.text("sval")).orElse(""));
    scene
        .tree()
        .child("relation")
        .map(Name::ofRange)
        .ifPresent(
            relation -> draft.touches("table", relation).locks(ACCESS_EXCLUSIVE, relation, scene));
    return draft;
  }

  private static Draft owner(Scene scene) {
    String kind = ObjectWords.of(scene.text("objectType"));
    Name name =
        scene.tree().child("relation").map(Name::ofRange).orElse(Renames.name(scene.tree()));
    return Draft.of("change owner of %s %s".formatted(kind, name)).touches(kind, name);
  }
}
