package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_ROW_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.Set;
import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.effect.AlterTable.Target;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// The commands of `ALTER TABLE` that concern the table as a whole: partitions, row security,
/// triggers, storage.
final class TableCommands {
  // Options that can be set while the relation is written; PostgreSQL's own list.
  private static final Set<String> MILD_OPTIONS =
      Set.of(
          "fillfactor",
          "toast_tuple_target",
          "parallel_workers",
          "vacuum_index_cleanup",
          "vacuum_truncate",
          "vacuum_max_eager_freeze_failure_rate",
          "log_autovacuum_min_duration",
          "deduplicate_items");

  private TableCommands() {}

  /// Adds what the command does, if it is one of these.
  static boolean apply(Node command, Target target, Draft draft) {
    String subtype = command.text("subtype").orElse("");
    String name = command.text("name").orElse("");
    switch (subtype) {
      case "AT_AttachPartition" -> attach(command, target, draft);
      case "AT_DetachPartition", "AT_DetachPartitionFinalize" -> detach(command, target, draft);
      case "AT_EnableRowSecurity" -> whole("enable row security of", target, draft);
      case "AT_DisableRowSecurity" -> whole("disable row security of", target, draft);
      case "AT_ForceRowSecurity" -> whole("force row security of", target, draft);
      case "AT_NoForceRowSecurity" -> whole("no longer force row security of", target, draft);
      case "AT_ChangeOwner" -> whole("change owner of", target, draft);
      case "AT_SetTableSpace" -> rewriting("move to tablespace " + name + ":", target, draft);
      case "AT_SetAccessMethod" -> rewriting("set access method of", target, draft);
      case "AT_SetLogged" -> rewriting("set logged:", target, draft);
      case "AT_SetUnLogged" -> rewriting("set unlogged:", target, draft);
      case "AT_SetRelOptions", "AT_ReplaceRelOptions" -> options("set", command, target, draft);
      case "AT_ResetRelOptions" -> options("reset", command, target, draft);
      case "AT_ClusterOn", "AT_DropCluster" ->
          with("mark the cluster index of", SHARE_UPDATE_EXCLUSIVE, target, draft);
      case "AT_DropOids" -> whole("set without oids:", target, draft);
      case "AT_AddInherit" -> inherit("inherit", command, target, draft);
      case "AT_DropInherit" -> inherit("stop inheriting", command, target, draft);
      case "AT_AddOf" -> whole("make typed:", target, draft);
      case "AT_DropOf" -> whole("make untyped:", target, draft);
      case "AT_ReplicaIdentity" -> whole("set replica identity of", target, draft);
      case "AT_GenericOptions" -> whole("set options of", target, draft);
      case "AT_EnableRule", "AT_EnableAlwaysRule", "AT_EnableReplicaRule", "AT_DisableRule" ->
          part(subtype.contains("Disable") ? "disable" : "enable", "rule", name, target, draft);
      default -> {
        return trigger(subtype, name, target, draft);
      }
    }
    return true;
  }

  private static boolean trigger(String subtype, String name, Target target, Draft draft) {
    if (!subtype.contains("Trig")) {
      return false;
    }
    String verb = subtype.contains("Disable") ? "disable" : "enable";
    if (name.isEmpty()) {
      with(verb + " triggers of", SHARE_ROW_EXCLUSIVE, target, draft);
    } else {
      draft
          .says("%s trigger %s".formatted(verb, target.dot(name)))
          .touches("trigger", target.name(), name)
          .locks(SHARE_ROW_EXCLUSIVE, target.name(), target.scene());
    }
    return true;
  }

  private static void part(String verb, String kind, String name, Target target, Draft draft) {
    draft
        .says("%s %s %s".formatted(verb, kind, target.dot(name)))
        .touches(kind, target.name(), name)
        .locks(ACCESS_EXCLUSIVE, target.name(), target.scene());
  }

  private static void whole(String what, Target target, Draft draft) {
    with(what, ACCESS_EXCLUSIVE, target, draft);
  }

  private static void with(String what, LockLevel lock, Target target, Draft draft) {
    draft.says(what + " " + target.name()).locks(lock, target.name(), target.scene());
  }

  private static void rewriting(String what, Target target, Draft draft) {
    whole(what, target, draft);
    draft.works(Work.REWRITE, target.name(), target.scene());
  }

  private static void options(String verb, Node command, Target target, Draft draft) {
    boolean isMild = true;
    for (Node option : command.child("def").map(d -> d.children("items")).orElseThrow()) {
      String name = option.text("defname").orElse("");
      isMild &= MILD_OPTIONS.contains(name) || name.startsWith("autovacuum_");
    }
    LockLevel lock = isMild ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
    with(verb + " options of", lock, target, draft);
  }

  private static Name other(Node command) {
    Node definition = command.child("def").orElse(command);
    return Name.ofRange(definition.child("name").orElse(definition));
  }

  // The parent stays usable; the table that becomes a partition does not, and is read.
  private static void attach(Node command, Target target, Draft draft) {
    Name partition = other(command);
    draft
        .says("attach partition %s to %s".formatted(partition, target.name()))
        .touches(target.word(), partition)
        .locks(SHARE_UPDATE_EXCLUSIVE, target.name(), target.scene())
        .locks(ACCESS_EXCLUSIVE, partition, target.scene());
    if (target.word().equals("table")) {
      draft.works(Work.SCAN, partition, target.scene());
    }
  }

  private static void detach(Node command, Target target, Draft draft) {
    Name partition = other(command);
    boolean isConcurrent = command.child("def").filter(d -> d.flag("concurrent")).isPresent();
    draft
        .says("detach partition %s of %s".formatted(partition, target.name()))
        .touches(target.word(), partition)
        .locks(ACCESS_EXCLUSIVE, partition, target.scene());
    if (!target.isNew() && !target.scene().isNew(partition)) {
      draft.removes(Loss.SHAPE);
    }
    if (isConcurrent) {
      draft.needsNoTransaction();
    }
  }

  private static void inherit(String verb, Node command, Target target, Draft draft) {
    Name parent = other(command);
    draft
        .says("%s %s: %s".formatted(verb, parent, target.name()))
        .touches("table", parent)
        .locks(ACCESS_EXCLUSIVE, target.name(), target.scene())
        .locks(SHARE_UPDATE_EXCLUSIVE, parent, target.scene());
  }

  static Draft moveAll(Scene scene) {
    return Draft.of("move everything of tablespace " + scene.text("orig_tablespacename"))
        .touches("tablespace", Name.of(scene.text("orig_tablespacename")))
        .locks(ACCESS_EXCLUSIVE)
        .works(Work.REWRITE);
  }

  static void unknown(Node command, Target target, Draft draft) {
    draft
        .says("%s of %s".formatted(command.text("subtype").orElse("a change"), target.name()))
        .locks(ACCESS_EXCLUSIVE, target.name(), target.scene())
        .works(Work.UNKNOWN, target.name(), target.scene())
        .removes(Loss.DATA);
  }
}
