package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.ACCESS_SHARE;
import static tranche.core.migration.LockLevel.ROW_EXCLUSIVE;

import java.util.List;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.release.SchemaPhase;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Statements that write rows.
///
/// Rows from a list are new rows, which belongs to expand; rows made from other rows are a
/// backfill; what deletes rows belongs to contract, because nothing brings them back.
final class Rows {
  private Rows() {}

  static Draft draft(Scene scene) {
    return switch (scene.tree().kind()) {
      case "TruncateStmt" -> truncate(scene);
      case "CopyStmt" -> copy(scene);
      default -> write(scene.tree(), scene, new Draft());
    };
  }

  /// Adds what a writing statement does, also one within another.
  static Draft write(Node tree, Scene scene, Draft draft) {
    Name table = tree.child("relation").map(Name::ofRange).orElse(Name.of(""));
    draft.touches("table", table).locks(ROW_EXCLUSIVE, table, scene);
    draft.works(Work.ROWS, table, scene);
    switch (tree.kind()) {
      case "InsertStmt" -> insert(tree, table, scene, draft);
      case "UpdateStmt" -> update(tree, table, scene, draft);
      case "DeleteStmt" -> {
        draft.says("delete from " + table);
        removes(table, scene, draft);
      }
      default -> merge(tree, table, scene, draft);
    }
    Queries.reads(tree, scene, draft);
    return draft;
  }

  private static void removes(Name table, Scene scene, Draft draft) {
    if (!scene.isNew(table)) {
      draft.removes(Loss.DATA);
    }
  }

  private static void insert(Node tree, Name table, Scene scene, Draft draft) {
    draft.says("insert into " + table);
    boolean isFromList = tree.child("selectStmt").filter(s -> s.isPresent("fromClause")).isEmpty();
    boolean overwrites =
        tree.child("onConflictClause").filter(c -> c.isPresent("targetList")).isPresent();
    if (!scene.isNew(table)) {
      draft.inPhase(isFromList ? SchemaPhase.EXPAND : SchemaPhase.BACKFILL);
      draft.loses(overwrites ? Loss.DATA : Loss.NONE);
    }
  }

  private static void update(Node tree, Name table, Scene scene, Draft draft) {
    draft.says("update " + table);
    if (!scene.isNew(table)) {
      draft.inPhase(SchemaPhase.BACKFILL).loses(overwrites(tree, table, scene));
    }
  }

  // Filling what is empty overwrites nothing.
  private static Loss overwrites(Node update, Name table, Scene scene) {
    List<Node> conditions = conjuncts(update);
    boolean fillsOnly =
        update.children("targetList").stream()
            .map(t -> t.text("name").orElse(""))
            .allMatch(column ->
                scene.earlier().isNewColumn(table, column)
                    || conditions.stream().anyMatch(c -> isNullTest(c, column)));
    return fillsOnly ? Loss.NONE : Loss.DATA;
  }

  private static List<Node> conjuncts(Node update) {
    Node where = update.child("whereClause").orElse(update);
    boolean isAnd =
        where.is("BoolExpr") && where.text("boolop").filter("AND_EXPR"::equals).isPresent();
    return isAnd ? where.children("args") : List.of(where);
  }

  private static boolean isNullTest(Node condition, String column) {
    return condition.is("NullTest")
        && condition.text("nulltesttype").filter("IS_NULL"::equals).isPresent()
        && condition
            .child("arg")
            .filter(a -> a.is("ColumnRef"))
            .flatMap(a -> a.children("fields").getLast().text("sval"))
            .filter(column::equals)
            .isPresent();
  }

  private static void merge(Node tree, Name table, Scene scene, Draft draft) {
    draft.says("merge into " + table);
    if (scene.isNew(table)) {
      return;
    }
    draft.inPhase(SchemaPhase.BACKFILL);
    for (Node clause : tree.children("mergeWhenClauses")) {
      switch (clause.text("commandType").orElse("")) {
        case "CMD_DELETE" -> removes(table, scene, draft);
        case "CMD_UPDATE" -> draft.loses(Loss.DATA);
        default -> {}
      }
    }
  }

  private static Draft truncate(Scene scene) {
    var draft = new Draft();
    for (Node range : scene.tree().children("relations")) {
      Name table = Name.ofRange(range);
      draft.says("truncate " + table).touches("table", table).locks(ACCESS_EXCLUSIVE, table, scene);
      removes(table, scene, draft);
    }
    boolean isCascade = scene.text("behavior").equals("DROP_CASCADE");
    return isCascade ? draft.locks(ACCESS_EXCLUSIVE).removes(Loss.DATA) : draft;
  }

  private static Draft copy(Scene scene) {
    Name table = scene.relation("relation");
    if (scene.tree().flag("is_from")) {
      return Draft.of("copy into " + table)
          .touches("table", table)
          .locks(ROW_EXCLUSIVE, table, scene)
          .works(Work.ROWS, table, scene);
    }
    Draft draft = Draft.of("copy out " + (table.own().isEmpty() ? "a query" : table.text()));
    if (!table.own().isEmpty()) {
      draft.touches("table", table).locks(ACCESS_SHARE, table, scene);
    }
    Queries.reads(scene.tree(), scene, draft);
    return draft.works(Work.SCAN, table, scene);
  }
}
