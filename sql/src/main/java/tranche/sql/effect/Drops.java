package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.NONE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.migration.Expectation;
import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect.Loss;
import tranche.sql.name.Name;
import tranche.sql.name.TypeText;
import tranche.sql.script.ObjectKind;
import tranche.sql.tree.Node;

/// `DROP` of everything that lives in a database.
final class Drops {
  private static final Map<String, ObjectKind> PARTS =
      Map.of(
          "OBJECT_TRIGGER", ObjectKind.TRIGGER,
          "OBJECT_POLICY", ObjectKind.POLICY,
          "OBJECT_RULE", ObjectKind.RULE);

  private Drops() {}

  static Draft draft(Scene scene) {
    var draft = new Draft();
    String type = scene.text("removeType");
    boolean isCascade = scene.text("behavior").equals("DROP_CASCADE");
    for (Node object : scene.tree().children("objects")) {
      one(type, object, scene, draft);
    }
    // What goes with it is known to the store only.
    if (isCascade) {
      draft.locks(ACCESS_EXCLUSIVE).removes(Loss.DATA);
    }
    return scene.tree().flag("concurrent") ? draft.needsNoTransaction() : draft;
  }

  private static void one(String type, Node object, Scene scene, Draft draft) {
    switch (type) {
      case "OBJECT_TABLE", "OBJECT_FOREIGN_TABLE" -> relation(object, Loss.DATA, scene, draft);
      case "OBJECT_SEQUENCE" -> relation(object, Loss.DATA, scene, draft);
      case "OBJECT_VIEW", "OBJECT_MATVIEW" -> relation(object, Loss.SHAPE, scene, draft);
      case "OBJECT_INDEX" -> relation(object, Loss.SHAPE, scene, draft);
      case "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" -> part(type, object, scene, draft);
      case "OBJECT_SCHEMA", "OBJECT_EXTENSION" -> container(type, object, scene, draft);
      case "OBJECT_TYPE", "OBJECT_DOMAIN" -> {
        Name name = Name.ofParts(object.children("names"));
        boolean isNew = scene.earlier().made(ObjectKind.TYPE, name.text()).isPresent();
        other(ObjectWords.of(type), name, isNew, draft);
        // A composite type is a relation, and the name does not tell.
        draft.locks(isNew || type.equals("OBJECT_DOMAIN") ? NONE : ACCESS_EXCLUSIVE);
      }
      case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE" -> {
        Name name = Name.ofParts(object.children("objname"));
        boolean isNew = scene.earlier().made(ObjectKind.ROUTINE, name.text()).isPresent();
        other(ObjectWords.of(type), name, isNew, draft);
      }
      case "OBJECT_STATISTIC_EXT" -> {
        Name name = Name.ofParts(object.children("items"));
        other(ObjectWords.of(type), name, false, draft);
        draft.locks(SHARE_UPDATE_EXCLUSIVE);
      }
      case "OBJECT_CAST" -> {
        List<Node> types = object.children("items");
        String name =
            "%s as %s".formatted(TypeText.of(types.getFirst()), TypeText.of(types.getLast()));
        other("cast", Name.of(name), false, draft);
      }
      case "OBJECT_OPCLASS", "OBJECT_OPFAMILY" -> {
        // The access method comes first.
        List<Node> parts = object.children("items");
        other(ObjectWords.of(type), Name.ofParts(parts.subList(1, parts.size())), false, draft);
      }
      default -> other(ObjectWords.of(type), anyName(object), false, draft);
    }
  }

  private static Name anyName(Node object) {
    List<Node> names =
        List.of("objname", "items", "names").stream()
            .map(object::children)
            .filter(list -> !list.isEmpty())
            .findFirst()
            .orElse(List.of());
    return object.text("sval").map(Name::of).orElseGet(() -> Name.ofParts(names));
  }

  private static void relation(Node object, Loss loss, Scene scene, Draft draft) {
    Name name = Name.ofParts(object.children("items"));
    String kind = ObjectWords.of(scene.text("removeType"));
    boolean isConcurrent = scene.tree().flag("concurrent");
    draft.says("drop %s %s".formatted(kind, name)).touches(kind, name);
    if (!scene.earlier().isTemporary(name)) {
      draft.expects(name, new Expectation.RelationGone(name.own()));
    }
    LockLevel lock = isConcurrent ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
    draft.locks(lock, name, scene);
    if (!scene.isNew(name)) {
      draft.removes(loss);
    }
  }

  private static void part(String type, Node object, Scene scene, Draft draft) {
    List<Node> parts = object.children("items");
    Name table = Name.ofParts(parts.subList(0, parts.size() - 1));
    String name = parts.getLast().text("sval").orElse("");
    String kind = ObjectWords.of(type);
    Optional<ObjectKind> made = Optional.ofNullable(PARTS.get(type));
    boolean isNew =
        made.flatMap(k -> scene.earlier().madeIn(k, table, name)).isPresent() || scene.isNew(table);
    draft
        .says("drop %s %s.%s".formatted(kind, table, name))
        .touches(kind, table, name)
        .touches("table", table)
        .locks(ACCESS_EXCLUSIVE, table, scene);
    if (!isNew) {
      draft.removes(Loss.SHAPE);
    }
  }

  // An extension may own tables with rows; a schema that is not empty is refused without CASCADE.
  private static void container(String type, Node object, Scene scene, Draft draft) {
    Name name = Name.of(object.text("sval").orElse(""));
    boolean isExtension = type.equals("OBJECT_EXTENSION");
    draft.says("drop %s %s".formatted(ObjectWords.of(type), name));
    draft.touches(ObjectWords.of(type), name);
    if (scene.earlier().made(ObjectKind.SCHEMA, name.text()).isEmpty()) {
      draft.removes(isExtension ? Loss.DATA : Loss.SHAPE);
    }
    if (isExtension) {
      draft.locks(ACCESS_EXCLUSIVE);
    }
  }

  private static void other(String kind, Name name, boolean isNew, Draft draft) {
    draft.says("drop %s %s".formatted(kind, name)).touches(kind, name);
    if (!isNew) {
      draft.removes(Loss.SHAPE);
    }
  }
}
