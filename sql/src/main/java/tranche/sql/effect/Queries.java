package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;
import static tranche.core.migration.LockLevel.ACCESS_SHARE;
import static tranche.core.migration.LockLevel.ROW_EXCLUSIVE;
import static tranche.core.migration.LockLevel.ROW_SHARE;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.function.Volatility;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Queries: what they read, and that they may do anything if they call a function that is not
/// known.
final class Queries {
  private static final Set<String> WRITES =
      Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

  private Queries() {}

  static Draft draft(Scene scene) {
    Node tree = scene.tree();
    return switch (tree.kind()) {
      case "ExplainStmt" -> explain(scene);
      case "PrepareStmt" -> Draft.of("prepare " + scene.text("name"));
      default -> {
        Optional<Node> into = tree.child("intoClause");
        if (into.isPresent()) {
          yield CreateTables.filled("table", into.get(), scene);
        }
        Draft draft = Draft.of("query");
        reads(tree, scene, draft);
        yield draft;
      }
    };
  }

  private static Draft explain(Scene scene) {
    boolean isRun = Options.isOn(scene.tree().children("options"), "analyze");
    Draft draft = Draft.of("explain");
    Node query = scene.tree().child("query").orElse(scene.tree());
    if (isRun) {
      reads(scene.tree(), scene, draft);
    } else {
      sources(query, scene, draft);
    }
    return draft;
  }

  /// A block of code, a procedure, a prepared statement: what it does cannot be told.
  static Draft opaque(Scene scene) {
    String what =
        switch (scene.tree().kind()) {
          case "CallStmt" ->
              "call "
                  + scene
                      .tree()
                      .child("funccall")
                      .map(c -> Name.ofParts(c.children("funcname")).text())
                      .orElse("");
          case "ExecuteStmt" -> "execute " + scene.text("name");
          default -> "run a DO block";
        };
    return Draft.of(what).locks(ACCESS_EXCLUSIVE).works(Work.UNKNOWN).loses(Loss.DATA);
  }

  /// Adds the tables that a statement reads, the writing statements within it, and what its
  /// function calls may do.
  static void reads(Node tree, Scene scene, Draft draft) {
    sources(tree, scene, draft);
    Set<String> called = new HashSet<>();
    collectCalls(tree, called, scene);
    if (!called.isEmpty()) {
      draft.says("calling " + String.join(", ", called.stream().sorted().toList()));
      // Those lock the sequence.
      boolean areKnown = called.stream().allMatch(c -> c.equals("setval") || c.equals("nextval"));
      draft.locks(ROW_EXCLUSIVE).works(areKnown ? Work.NONE : Work.UNKNOWN);
    }
    for (Node part : tree.children()) {
      writesWithin(part, scene, draft);
    }
  }

  private static void writesWithin(Node part, Scene scene, Draft draft) {
    if (WRITES.contains(part.kind())) {
      Rows.write(part, scene, draft);
      return;
    }
    part.children().forEach(inner -> writesWithin(inner, scene, draft));
  }

  private static void collectCalls(Node node, Set<String> called, Scene scene) {
    if (node.is("FuncCall")) {
      Name name = Name.ofParts(node.children("funcname"));
      boolean isKnown =
          Volatility.isHarmless(name)
              || name.schema().filter("pg_catalog"::equals).isPresent()
              || name.own().equals("set_config");
      if (!isKnown) {
        called.add(name.text());
      }
    }
    node.children().forEach(part -> collectCalls(part, called, scene));
  }

  /// Adds the tables that a query names.
  static void sources(Node tree, Scene scene, Draft draft) {
    Set<String> own = new HashSet<>();
    collectCommonNames(tree, own);
    boolean locksRows = tree.isPresent("lockingClause");
    for (String field : List.of("fromClause", "usingClause", "sourceRelation", "withClause")) {
      tree.children(field).forEach(part -> collect(part, own, locksRows, scene, draft));
    }
    List<String> others =
        tree.names().stream()
            .filter(n -> !n.equals("relation") && !n.equals("intoClause") && !n.equals("into"))
            .filter(n -> !n.equals("fromClause") && !n.equals("usingClause"))
            .filter(n -> !n.equals("sourceRelation") && !n.equals("withClause"))
            .toList();
    others.forEach(
        field -> tree.children(field).forEach(part -> collect(part, own, locksRows, scene, draft)));
  }

  private static void collectCommonNames(Node node, Set<String> names) {
    node.text("ctename").ifPresent(names::add);
    node.children().forEach(part -> collectCommonNames(part, names));
  }

  private static void collect(
      Node node, Set<String> own, boolean locksRows, Scene scene, Draft draft) {
    if (WRITES.contains(node.kind())) {
      return;
    }
    if (node.is("RangeVar")) {
      Name name = Name.ofRange(node);
      if (name.schema().isPresent() || !own.contains(name.own())) {
        draft.touches("table", name).locks(locksRows ? ROW_SHARE : ACCESS_SHARE, name, scene);
      }
    }
    boolean locksHere = locksRows || node.isPresent("lockingClause");
    node.children().forEach(part -> collect(part, own, locksHere, scene, draft));
  }
}
