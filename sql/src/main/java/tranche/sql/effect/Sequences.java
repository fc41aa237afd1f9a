package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_SHARE;
import static tranche.core.migration.LockLevel.SHARE_ROW_EXCLUSIVE;

import java.util.List;
import tranche.core.migration.RelationKind;
import tranche.core.migration.StatementEffect.Loss;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Sequences.
final class Sequences {
  private Sequences() {}

  static Draft draft(Scene scene) {
    Name sequence = scene.relation("sequence");
    boolean isNew = scene.tree().is("CreateSeqStmt");
    Draft draft =
        Draft.of((isNew ? "create sequence " : "alter sequence ") + sequence)
            .touches("sequence", sequence);
    if (!isNew) {
      draft.locks(SHARE_ROW_EXCLUSIVE, sequence, scene);
    } else if (!Scene.isTemporary(scene.tree().child("sequence"))) {
      draft.expects(
          sequence, Shapes.ofRelation(sequence.own(), RelationKind.SEQUENCE, scene.tree()));
    }
    for (Node option : scene.tree().children("options")) {
      option(option, sequence, scene, draft);
    }
    return draft;
  }

  private static void option(Node option, Name sequence, Scene scene, Draft draft) {
    switch (option.text("defname").orElse("")) {
      case "owned_by" -> owner(option, scene, draft);
      case "restart" -> {
        if (!scene.isNew(sequence)) {
          draft.loses(Loss.DATA);
        }
      }
      default -> {}
    }
  }

  private static void owner(Node option, Scene scene, Draft draft) {
    List<Node> parts = option.child("arg").map(a -> a.children("items")).orElse(List.of());
    if (parts.size() > 1) {
      Name table = Name.ofParts(parts.subList(0, parts.size() - 1));
      draft.touches("table", table).locks(ACCESS_SHARE, table, scene);
    }
  }
}
