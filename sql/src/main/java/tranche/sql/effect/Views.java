package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.EXCLUSIVE;

import tranche.core.migration.Expectation;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.name.Name;

/// Views, and filling materialized ones.
final class Views {
  private Views() {}

  static Draft draft(Scene scene) {
    return scene.tree().is("ViewStmt") ? create(scene) : refresh(scene);
  }

  private static Draft create(Scene scene) {
    Name view = scene.relation("view");
    boolean isReplaced = scene.tree().flag("replace");
    String verb = isReplaced ? "create or replace view " : "create view ";
    Draft draft = Draft.of(verb + view).touches("view", view);
    if (!Scene.isTemporary(scene.tree().child("view"))) {
      draft.expects(view, new Expectation.RelationThere(view.own()));
    }
    scene.tree().child("query").ifPresent(query -> Queries.sources(query, scene, draft));
    return isReplaced ? draft.locks(ACCESS_EXCLUSIVE, view, scene) : draft;
  }

  private static Draft refresh(Scene scene) {
    Name view = scene.relation("relation");
    boolean isConcurrent = scene.tree().flag("concurrent");
    return Draft.of("refresh materialized view " + view)
        .touches("materialized view", view)
        .locks(isConcurrent ? EXCLUSIVE : ACCESS_EXCLUSIVE, view, scene)
        .works(isConcurrent ? Work.ROWS : Work.REWRITE, view, scene);
  }
}
