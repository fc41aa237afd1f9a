package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.core.migration.Expectation;
import tranche.core.migration.StatementEffect.Loss;
import tranche.sql.name.Name;
import tranche.sql.script.ObjectKind;
import tranche.sql.tree.Node;

/// Other names and other schemas for what is there. What releases call by name belongs to contract;
/// names that only people and catalogs know do not.
final class Renames {
  private static final Set<String> RELATIONS =
      Set.of(
          "OBJECT_TABLE",
          "OBJECT_VIEW",
          "OBJECT_MATVIEW",
          "OBJECT_SEQUENCE",
          "OBJECT_FOREIGN_TABLE",
          "OBJECT_INDEX");
  private static final Set<String> UNKNOWN_TO_RELEASES =
      Set.of(
          "OBJECT_INDEX",
          "OBJECT_TABCONSTRAINT",
          "OBJECT_DOMCONSTRAINT",
          "OBJECT_TRIGGER",
          "OBJECT_POLICY",
          "OBJECT_RULE",
          "OBJECT_STATISTIC_EXT",
          "OBJECT_EVENT_TRIGGER");

  private Renames() {}

  static Draft rename(Scene scene) {
    String type = scene.text("renameType");
    String to = scene.text("newname");
    Optional<Name> relation = scene.tree().child("relation").map(Name::ofRange);
    Draft draft = new Draft();
    if (relation.isEmpty()) {
      object(type, to, scene, draft);
    } else if (RELATIONS.contains(type)) {
      relation(type, relation.get(), to, scene, draft);
    } else {
      part(type, relation.get(), to, scene, draft);
    }
    return draft;
  }

  private static void relation(String type, Name from, String to, Scene scene, Draft draft) {
    boolean isIndex = type.equals("OBJECT_INDEX");
    draft
        .says("rename %s %s to %s".formatted(ObjectWords.of(type), from, to))
        .touches(ObjectWords.of(type), from)
        .locks(isIndex ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE, from, scene);
    if (!scene.earlier().isTemporary(from)) {
      draft.expects(from, new Expectation.RelationGone(from.own()));
      draft.expects(
          from, isIndex ? new Expectation.IndexValid(to) : new Expectation.RelationThere(to));
    }
    loses(type, scene.isNew(from), draft);
  }

  private static void part(String type, Name table, String to, Scene scene, Draft draft) {
    String from = scene.text("subname");
    String kind = ObjectWords.of(type);
    draft
        .says("rename %s %s.%s to %s".formatted(kind, table, from, to))
        .touches(kind, table, from)
        .locks(ACCESS_EXCLUSIVE, table, scene);
    boolean isNew = scene.isNew(table);
    if (type.equals("OBJECT_COLUMN")) {
      isNew = scene.earlier().isNewColumn(table, from);
      if (!scene.earlier().isTemporary(table)) {
        draft.expects(table, new Expectation.ColumnGone(table.own(), from));
        draft.expects(table, new Expectation.ColumnThere(table.own(), to));
      }
    } else if (type.equals("OBJECT_TABCONSTRAINT") && !scene.earlier().isTemporary(table)) {
      draft.expects(table, new Expectation.ConstraintThere(table.own(), to));
    }
    loses(type, isNew, draft);
  }

  private static void object(String type, String to, Scene scene, Draft draft) {
    Name name = name(scene.tree());
    String kind = ObjectWords.of(type);
    boolean isNew =
        scene.earlier().made(ObjectKind.TYPE, name.text()).isPresent()
            || scene.earlier().made(ObjectKind.SCHEMA, name.text()).isPresent();
    if (type.equals("OBJECT_DOMCONSTRAINT")) {
      draft
          .says("rename constraint %s.%s to %s".formatted(name, scene.text("subname"), to))
          .touches("domain", name);
    } else {
      draft.says("rename %s %s to %s".formatted(kind, name, to)).touches(kind, name);
    }
    lockType(type, isNew, draft);
    loses(type, isNew, draft);
  }

  // A composite type is a relation, and the name does not tell.
  private static void lockType(String type, boolean isNew, Draft draft) {
    if (type.equals("OBJECT_TYPE") && !isNew) {
      draft.locks(ACCESS_EXCLUSIVE);
    }
  }

  static Name name(Node tree) {
    Optional<Node> object = tree.child("object");
    List<Node> parts =
        object
            .map(o -> o.children("items").isEmpty() ? o.children("objname") : o.children("items"))
            .filter(list -> !list.isEmpty())
            .or(() -> object.map(o -> o.children("names")))
            .orElse(List.of());
    if (!parts.isEmpty()) {
      return Name.ofParts(parts);
    }
    return object
        .flatMap(o -> o.text("sval"))
        .or(() -> tree.text("subname"))
        .map(Name::of)
        .orElse(Name.of(""));
  }

  private static void loses(String type, boolean isNew, Draft draft) {
    if (isNew) {
      return;
    }
    if (UNKNOWN_TO_RELEASES.contains(type)) {
      draft.loses(Loss.SHAPE);
    } else {
      draft.removes(Loss.SHAPE);
    }
  }

  static Draft move(Scene scene) {
    String kind = ObjectWords.of(scene.text("objectType"));
    Optional<Name> relation = scene.tree().child("relation").map(Name::ofRange);
    Name name = relation.orElseGet(() -> name(scene.tree()));
    Name target = new Name(Optional.of(scene.text("newschema")), name.own());
    Draft draft =
        Draft.of("move %s %s to schema %s".formatted(kind, name, scene.text("newschema")))
            .touches(kind, name);
    if (relation.isPresent()) {
      draft.locks(ACCESS_EXCLUSIVE, name, scene);
      if (!target.isOfStore()) {
        draft.expects(name, new Expectation.RelationGone(name.own()));
      }
      draft.expects(target, new Expectation.RelationThere(name.own()));
    }
    boolean isNewType = scene.earlier().made(ObjectKind.TYPE, name.text()).isPresent();
    return relation.filter(scene::isNew).isPresent() || isNewType
        ? draft
        : draft.removes(Loss.SHAPE);
  }
}
