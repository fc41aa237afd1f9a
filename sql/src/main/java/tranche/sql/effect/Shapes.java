package tranche.sql.effect;

import java.util.List;
import java.util.Optional;
import tranche.core.migration.ColumnType;
import tranche.core.migration.Expectation;
import tranche.core.migration.IndexShape;
import tranche.core.migration.RelationKind;
import tranche.sql.name.Name;
import tranche.sql.name.TypeText;
import tranche.sql.tree.Node;

/// What must be there after a statement that makes something. The server sees to it that it is what
/// the statement says, unless `IF NOT EXISTS` lets it pass over something of the same name.
final class Shapes {
  private Shapes() {}

  static boolean mayPassOver(Node statement) {
    return statement.flag("if_not_exists") || statement.flag("missing_ok");
  }

  static Expectation ofRelation(String name, RelationKind kind, Node statement) {
    return mayPassOver(statement)
        ? new Expectation.RelationIs(name, kind)
        : new Expectation.RelationThere(name);
  }

  /// A column that `ALTER TABLE` adds.
  static Expectation ofAdded(Node command, Node definition, Name table) {
    String column = definition.text("colname").orElse("");
    return mayPassOver(command)
        ? ofColumn(definition, table)
        : new Expectation.ColumnThere(table.own(), column);
  }

  static Expectation ofColumn(Node definition, Name table) {
    String column = definition.text("colname").orElse("");
    Optional<ColumnType> type = definition.child("typeName").flatMap(TypeText::column);
    return type.<Expectation>map(t -> new Expectation.ColumnIs(table.own(), column, t))
        .orElseGet(() -> new Expectation.ColumnThere(table.own(), column));
  }

  /// One on the parent alone becomes valid when those of all partitions are attached to it.
  static Expectation ofIndex(String name, Scene scene) {
    Node tree = scene.tree();
    boolean isOfParent = tree.child("relation").filter(r -> r.flag("inh")).isEmpty();
    if (isOfParent && !tree.flag("concurrent")) {
      return new Expectation.RelationThere(name);
    }
    if (!mayPassOver(tree)) {
      return new Expectation.IndexValid(name);
    }
    return new Expectation.IndexIs(name, shape(scene));
  }

  /// Whoever makes an index without a name in a transaction has it. Without one, the statement may
  /// have stopped in its middle.
  static Optional<Expectation> ofNameless(Scene scene) {
    return scene.tree().flag("concurrent")
        ? Optional.of(new Expectation.IndexOn(shape(scene)))
        : Optional.empty();
  }

  private static IndexShape shape(Scene scene) {
    Node tree = scene.tree();
    List<Optional<String>> keys =
        tree.children("indexParams").stream().map(key -> key.text("name")).toList();
    List<String> included =
        tree.children("indexIncludingParams").stream()
            .map(column -> column.text("name").orElse(""))
            .toList();
    return new IndexShape(
        scene.relation("relation").own(),
        tree.text("accessMethod").orElse("btree"),
        tree.flag("unique"),
        keys,
        included,
        tree.isPresent("whereClause"));
  }
}
