package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.Optional;
import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.name.Name;

/// Building indexes, and building them anew.
final class Indexes {
  private Indexes() {}

  static Draft draft(Scene scene) {
    return switch (scene.tree().kind()) {
      case "IndexStmt" -> create(scene);
      case "ReindexStmt" -> reindex(scene);
      default -> cluster(scene);
    };
  }

  private static Draft create(Scene scene) {
    Name table = scene.relation("relation");
    Optional<String> name = scene.tree().text("idxname");
    String unique = scene.tree().flag("unique") ? "unique index" : "index";
    String what = name.map(n -> " " + n).orElse("");
    Draft draft = Draft.of("create %s%s on %s".formatted(unique, what, table));
    name.map(table::sibling)
        .ifPresent(index -> {
          draft.touches("index", index);
          if (!scene.earlier().isTemporary(table)) {
            draft.expects(index, Shapes.ofIndex(index.own(), scene));
          }
        });
    if (name.isEmpty()) {
      Shapes.ofNameless(scene).ifPresent(expected -> draft.expects(table, expected));
    }
    boolean isConcurrent = scene.tree().flag("concurrent");
    if (isConcurrent) {
      draft.needsNoTransaction();
    }
    return draft
        .touches("table", table)
        .locks(isConcurrent ? SHARE_UPDATE_EXCLUSIVE : SHARE, table, scene)
        .works(Work.SCAN, table, scene);
  }

  // The index itself is locked against everybody, and queries that might use it wait for it.
  private static Draft reindex(Scene scene) {
    boolean isConcurrent = Options.isOn(scene.tree().children("params"), "concurrently");
    Optional<Name> relation = scene.tree().child("relation").map(Name::ofRange);
    Draft draft = Draft.of("reindex " + relation.map(Name::text).orElse(scene.text("name")));
    LockLevel lock = isConcurrent ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
    if (relation.isEmpty()) {
      return draft.locks(lock).works(Work.REWRITE).needsNoTransaction();
    }
    boolean isIndex = scene.text("kind").equals("REINDEX_OBJECT_INDEX");
    if (isConcurrent) {
      draft.needsNoTransaction();
    }
    return draft
        .touches(isIndex ? "index" : "table", relation.get())
        .locks(lock, relation.get(), scene)
        .works(Work.REWRITE, relation.get(), scene);
  }

  private static Draft cluster(Scene scene) {
    Optional<Name> table = scene.tree().child("relation").map(Name::ofRange);
    if (table.isEmpty()) {
      return Draft.of("cluster all clustered tables")
          .locks(ACCESS_EXCLUSIVE)
          .works(Work.REWRITE)
          .needsNoTransaction();
    }
    return Draft.of("cluster " + table.get())
        .touches("table", table.get())
        .locks(ACCESS_EXCLUSIVE, table.get(), scene)
        .works(Work.REWRITE, table.get(), scene);
  }
}
