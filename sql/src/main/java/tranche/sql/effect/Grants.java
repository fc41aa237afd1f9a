package tranche.sql.effect;

import java.util.List;
import java.util.Locale;
import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect.Loss;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Privileges. Taking one away takes it from the running release.
final class Grants {
  private Grants() {}

  static Draft draft(Scene scene) {
    return switch (scene.tree().kind()) {
      case "AlterDefaultPrivilegesStmt" -> {
        Node action = scene.tree().child("action").orElse(scene.tree());
        Draft draft = Draft.of("alter default privileges");
        yield action.flag("is_grant") ? draft : draft.removes(Loss.SHAPE);
      }
      case "GrantRoleStmt" -> role(scene);
      default -> objects(scene);
    };
  }

  private static Draft role(Scene scene) {
    boolean isGrant = scene.tree().flag("is_grant");
    var roles =
        scene.tree().children("granted_roles").stream()
            .map(r -> r.text("priv_name").orElse(""))
            .toList();
    Draft draft = Draft.of((isGrant ? "grant " : "revoke ") + String.join(", ", roles));
    roles.forEach(role -> draft.touches("role", Name.of(role)));
    return isGrant ? draft : draft.removes(Loss.SHAPE);
  }

  private static Draft objects(Scene scene) {
    boolean isGrant = scene.tree().flag("is_grant");
    Draft draft = new Draft();
    String kind = ObjectWords.of(scene.text("objtype"));
    boolean isNew = true;
    for (Node object : scene.tree().children("objects")) {
      Name name = name(object);
      isNew &= object.isPresent("relname") && scene.isNew(name);
      draft.touches(scene.text("targtype").equals("ACL_TARGET_OBJECT") ? kind : "schema", name);
      if (object.isPresent("relname")) {
        draft.locks(LockLevel.ACCESS_SHARE, name, scene);
      }
    }
    boolean isForAll = scene.text("targtype").equals("ACL_TARGET_ALL_IN_SCHEMA");
    String what = isForAll ? "every %s in schema".formatted(kind) : kind;
    draft.says(
        "%s %s on %s %s"
            .formatted(
                isGrant ? "grant" : "revoke", privileges(scene.tree()), what, names(scene.tree())));
    return isGrant || isNew ? draft : draft.removes(Loss.SHAPE);
  }

  static String privileges(Node grant) {
    List<String> words =
        grant.children("privileges").stream().map(p -> p.text("priv_name").orElse("all")).toList();
    return words.isEmpty() ? "all" : String.join(", ", words).toLowerCase(Locale.ROOT);
  }

  private static String names(Node grant) {
    return String.join(", ", grant.children("objects").stream().map(o -> name(o).text()).toList());
  }

  static Name name(Node object) {
    if (object.isPresent("relname")) {
      return Name.ofRange(object);
    }
    if (object.isPresent("objname")) {
      return Name.ofParts(object.children("objname"));
    }
    return object
        .text("sval")
        .map(Name::of)
        .orElseGet(() ->
            Name.ofParts(
                object.children("items").isEmpty()
                    ? object.children("names")
                    : object.children("items")));
  }
}
