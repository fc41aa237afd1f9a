package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.ACCESS_SHARE;
import static tranche.core.migration.LockLevel.SHARE_ROW_EXCLUSIVE;
import static tranche.core.migration.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import java.util.Optional;
import tranche.core.migration.LockLevel;
import tranche.core.migration.RelationKind;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// `CREATE TABLE` in all its forms. The new table is nobody's yet; what it is tied to is locked.
final class CreateTables {
  private CreateTables() {}

  static Draft draft(Scene scene) {
    Node tree = scene.tree();
    return switch (tree.kind()) {
      case "CreateTableAsStmt" -> fromQuery(scene);
      case "CreateForeignTableStmt" -> {
        Node base = tree.child("base").orElse(tree);
        Name name = base.child("relation").map(Name::ofRange).orElseThrow();
        Draft draft = Draft.of("create foreign table " + name).touches("table", name);
        ties(base, name, scene, draft);
        expects(name, RelationKind.FOREIGN_TABLE, base, draft);
        yield draft;
      }
      case "ImportForeignSchemaStmt" ->
          Draft.of("import foreign schema " + scene.text("remote_schema"))
              .touches("schema", Name.of(scene.text("local_schema")))
              .works(Work.UNKNOWN);
      default -> plain(scene);
    };
  }

  private static Draft plain(Scene scene) {
    Name name = scene.relation("relation");
    Draft draft = Draft.of("create table " + name).touches("table", name);
    if (!Scene.isTemporary(scene.tree().child("relation"))) {
      expects(name, RelationKind.TABLE, scene.tree(), draft);
    }
    ties(scene.tree(), name, scene, draft);
    return draft;
  }

  private static void expects(Name name, RelationKind kind, Node create, Draft draft) {
    draft.expects(name, Shapes.ofRelation(name.own(), kind, create));
    if (Shapes.mayPassOver(create)) {
      create.children("tableElts").stream()
          .filter(element -> element.is("ColumnDef") && element.isPresent("typeName"))
          .forEach(column -> draft.expects(name, Shapes.ofColumn(column, name)));
    }
  }

  private static void ties(Node create, Name name, Scene scene, Draft draft) {
    boolean isPartition = create.isPresent("partbound");
    for (Node parent : create.children("inhRelations")) {
      tie(
          Name.ofRange(parent),
          isPartition ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE,
          scene,
          draft);
      if (isPartition) {
        // A default partition is read to see that it holds none of the new partition's rows.
        draft.works(Work.UNKNOWN, Name.ofRange(parent), scene);
      }
    }
    for (Node element : create.children("tableElts")) {
      if (element.is("TableLikeClause")) {
        element.child("relation").ifPresent(r -> tie(Name.ofRange(r), ACCESS_SHARE, scene, draft));
      }
      reference(element, name, scene, draft);
      element.children("constraints").forEach(c -> reference(c, name, scene, draft));
    }
  }

  private static void reference(Node constraint, Name self, Scene scene, Draft draft) {
    Optional<Name> referenced = constraint.child("pktable").map(Name::ofRange);
    referenced
        .filter(table -> !table.equals(self))
        .ifPresent(table -> tie(table, SHARE_ROW_EXCLUSIVE, scene, draft));
  }

  private static void tie(Name other, LockLevel lock, Scene scene, Draft draft) {
    draft.touches("table", other).locks(lock, other, scene);
  }

  private static Draft fromQuery(Scene scene) {
    Node into = scene.tree().child("into").orElseThrow();
    boolean isView = scene.text("objtype").equals("OBJECT_MATVIEW");
    return filled(isView ? "materialized view" : "table", into, scene);
  }

  /// `CREATE TABLE AS` and `SELECT INTO`.
  static Draft filled(String kind, Node into, Scene scene) {
    Optional<Node> range = into.child("rel");
    Name name = range.map(Name::ofRange).orElseThrow();
    Draft draft = Draft.of("create %s %s".formatted(kind, name)).touches(kind, name);
    if (!Scene.isTemporary(range)) {
      RelationKind relation =
          kind.equals("table") ? RelationKind.TABLE : RelationKind.MATERIALIZED_VIEW;
      draft.expects(name, Shapes.ofRelation(name.own(), relation, scene.tree()));
    }
    Queries.reads(scene.tree().child("query").orElse(scene.tree()), scene, draft);
    // Reading in order to fill the new table holds up nobody.
    return into.flag("skipData") ? draft : draft.works(Work.ROWS);
  }
}
