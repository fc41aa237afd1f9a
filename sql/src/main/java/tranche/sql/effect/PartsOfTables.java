package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_ROW_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import tranche.core.migration.LockLevel;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Triggers, policies, rules and extended statistics.
final class PartsOfTables {
  private PartsOfTables() {}

  static Draft draft(Scene scene) {
    Node tree = scene.tree();
    return switch (tree.kind()) {
      case "CreateTrigStmt" -> trigger(scene);
      case "CreatePolicyStmt" -> of("create policy", "policy", "table", "policy_name", scene);
      case "AlterPolicyStmt" -> of("alter policy", "policy", "table", "policy_name", scene);
      case "RuleStmt" -> of("create rule", "rule", "relation", "rulename", scene);
      case "CreateStatsStmt" -> statistics(scene);
      default -> {
        Name name = Name.ofParts(tree.children("defnames"));
        yield Draft.of("alter statistics " + name).touches("statistics", name);
      }
    };
  }

  private static Draft of(
      String what, String kind, String tableField, String nameField, Scene scene) {
    Name table = scene.relation(tableField);
    String name = scene.text(nameField);
    return Draft.of("%s %s.%s".formatted(what, table, name))
        .touches(kind, table, name)
        .touches("table", table)
        .locks(ACCESS_EXCLUSIVE, table, scene);
  }

  private static Draft trigger(Scene scene) {
    String what = scene.tree().flag("replace") ? "create or replace trigger" : "create trigger";
    Name table = scene.relation("relation");
    Draft draft =
        Draft.of("%s %s.%s".formatted(what, table, scene.text("trigname")))
            .touches("trigger", table, scene.text("trigname"))
            .touches("table", table)
            .locks(SHARE_ROW_EXCLUSIVE, table, scene);
    scene
        .tree()
        .child("constrrel")
        .map(Name::ofRange)
        .ifPresent(
            other -> draft.touches("table", other).locks(LockLevel.ACCESS_SHARE, other, scene));
    return draft;
  }

  private static Draft statistics(Scene scene) {
    Name name = Name.ofParts(scene.tree().children("defnames"));
    Draft draft =
        name.own().isEmpty()
            ? Draft.of("create statistics")
            : Draft.of("create statistics " + name).touches("statistics", name);
    for (Node relation : scene.tree().children("relations")) {
      Name table = Name.ofRange(relation);
      draft.touches("table", table).locks(SHARE_UPDATE_EXCLUSIVE, table, scene);
    }
    return draft;
  }
}
