package tranche.sql.effect;

import java.util.Locale;
import tranche.core.migration.LockLevel;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Settings of the session, explicit locks, and control of transactions.
final class Session {
  private Session() {}

  static Draft draft(Scene scene) {
    return scene.tree().is("LockStmt") ? lock(scene) : transaction(scene);
  }

  // The numbers of lock modes are those of PostgreSQL's lock manager, from 1 for ACCESS SHARE.
  private static Draft lock(Scene scene) {
    int mode = (int) scene.tree().number("mode").orElse(8);
    LockLevel level = level(mode);
    var draft = new Draft();
    for (Node range : scene.tree().children("relations")) {
      Name table = Name.ofRange(range);
      draft
          .says("lock %s in %s mode".formatted(table, level.sql().toLowerCase(Locale.ROOT)))
          .touches("table", table)
          .locks(level, table, scene);
    }
    return draft;
  }

  private static LockLevel level(int mode) {
    return switch (mode) {
      case 1 -> LockLevel.ACCESS_SHARE;
      case 2 -> LockLevel.ROW_SHARE;
      case 3 -> LockLevel.ROW_EXCLUSIVE;
      case 4 -> LockLevel.SHARE_UPDATE_EXCLUSIVE;
      case 5 -> LockLevel.SHARE;
      case 6 -> LockLevel.SHARE_ROW_EXCLUSIVE;
      case 7 -> LockLevel.EXCLUSIVE;
      default -> LockLevel.ACCESS_EXCLUSIVE;
    };
  }

  private static Draft transaction(Scene scene) {
    String kind = scene.text("kind").replaceFirst("^TRANS_STMT_", "");
    return Draft.of(kind.toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  static Draft ofSession(Scene scene) {
    return switch (scene.tree().kind()) {
      case "VariableSetStmt" -> {
        String verb = scene.text("kind").startsWith("VAR_RESET") ? "reset " : "set ";
        yield Draft.of(verb + scene.tree().text("name").orElse("all"));
      }
      case "VariableShowStmt" -> Draft.of("show " + scene.text("name"));
      case "ConstraintsSetStmt" -> Draft.of("set constraints");
      case "DiscardStmt" -> discard(scene);
      case "DeallocateStmt" -> Draft.of("deallocate");
      case "FetchStmt" -> Draft.of("fetch from " + scene.text("portalname"));
      case "ClosePortalStmt" -> Draft.of("close " + scene.text("portalname"));
      case "ListenStmt" -> Draft.of("listen to " + scene.text("conditionname"));
      case "UnlistenStmt" -> Draft.of("unlisten");
      case "NotifyStmt" -> Draft.of("notify " + scene.text("conditionname"));
      default -> Draft.of("load " + scene.text("filename"));
    };
  }

  private static Draft discard(Scene scene) {
    Draft draft = Draft.of("discard");
    return scene.text("target").equals("DISCARD_ALL") ? draft.needsNoTransaction() : draft;
  }
}
