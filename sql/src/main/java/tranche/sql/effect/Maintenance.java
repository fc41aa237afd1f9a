package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.List;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// `VACUUM`, `ANALYZE`, `CHECKPOINT`.
final class Maintenance {
  private Maintenance() {}

  static Draft draft(Scene scene) {
    Node tree = scene.tree();
    if (tree.is("CheckPointStmt")) {
      return Draft.of("checkpoint");
    }
    boolean isVacuum = tree.flag("is_vacuumcmd");
    boolean isFull = Options.isOn(tree.children("options"), "full");
    String verb = isVacuum ? isFull ? "vacuum full" : "vacuum" : "analyze";
    Draft draft = isVacuum ? new Draft().needsNoTransaction() : new Draft();
    var lock = isFull ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE;
    // ANALYZE reads a sample.
    Work work = isFull ? Work.REWRITE : isVacuum ? Work.SCAN : Work.ROWS;
    List<Node> relations = tree.children("rels");
    if (relations.isEmpty()) {
      return draft.says(verb + " everything").locks(lock).works(work);
    }
    for (Node relation : relations) {
      Name table = relation.child("relation").map(Name::ofRange).orElse(Name.of(""));
      draft
          .says(verb + " " + table)
          .touches("table", table)
          .locks(lock, table, scene)
          .works(work, table, scene);
    }
    return draft;
  }
}
