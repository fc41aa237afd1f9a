package tranche.sql.effect;

import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.List;
import java.util.Optional;
import tranche.core.migration.StatementEffect.Loss;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Ties to other servers: publications, subscriptions, foreign servers; and event triggers.
final class Connections {
  private Connections() {}

  static Draft draft(Scene scene) {
    return switch (scene.tree().kind()) {
      case "CreatePublicationStmt" -> publication("create publication ", scene);
      case "AlterPublicationStmt" -> publication("alter publication ", scene);
      case "CreateSubscriptionStmt" -> createSubscription(scene);
      case "AlterSubscriptionStmt" -> alterSubscription(scene);
      case "DropSubscriptionStmt" ->
          named("drop subscription ", "subscription", "subname", scene)
              .removes(Loss.SHAPE)
              .needsNoTransaction();
      case "CreateEventTrigStmt" ->
          named("create event trigger ", "event trigger", "trigname", scene);
      case "AlterEventTrigStmt" ->
          named("alter event trigger ", "event trigger", "trigname", scene);
      case "CreateFdwStmt" -> named("create foreign data wrapper ", "wrapper", "fdwname", scene);
      case "AlterFdwStmt" -> named("alter foreign data wrapper ", "wrapper", "fdwname", scene);
      case "CreateForeignServerStmt" -> named("create server ", "server", "servername", scene);
      case "AlterForeignServerStmt" -> named("alter server ", "server", "servername", scene);
      case "CreateUserMappingStmt" ->
          named("create user mapping for ", "server", "servername", scene);
      case "AlterUserMappingStmt" ->
          named("alter user mapping for ", "server", "servername", scene);
      default -> named("drop user mapping for ", "server", "servername", scene).removes(Loss.SHAPE);
    };
  }

  private static Draft named(String what, String kind, String field, Scene scene) {
    Name name = Name.of(scene.text(field));
    return Draft.of(what + name).touches(kind, name);
  }

  private static Draft publication(String what, Scene scene) {
    Draft draft = named(what, "publication", "pubname", scene);
    for (Node object : scene.tree().children("pubobjects")) {
      Optional<Node> table = object.child("pubtable").flatMap(t -> t.child("relation"));
      table
          .map(Name::ofRange)
          .ifPresent(
              name -> draft.touches("table", name).locks(SHARE_UPDATE_EXCLUSIVE, name, scene));
    }
    return scene.text("action").equals("AP_DropObjects") ? draft.removes(Loss.SHAPE) : draft;
  }

  // Making the slot at the other server cannot be taken back by a rollback.
  private static Draft createSubscription(Scene scene) {
    Draft draft = named("create subscription ", "subscription", "subname", scene);
    List<Node> options = scene.tree().children("options");
    boolean makesNoSlot =
        Options.isSwitchedOff(options, "create_slot") || Options.isSwitchedOff(options, "connect");
    return makesNoSlot ? draft : draft.needsNoTransaction();
  }

  private static Draft alterSubscription(Scene scene) {
    Draft draft = named("alter subscription ", "subscription", "subname", scene);
    return scene.text("kind").matches("ALTER_SUBSCRIPTION_(REFRESH|SET_PUBLICATION|ADD_.*|DROP_.*)")
        ? draft.needsNoTransaction()
        : draft;
  }
}
