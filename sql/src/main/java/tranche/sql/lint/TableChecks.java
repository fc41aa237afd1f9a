package tranche.sql.lint;

import java.util.Optional;
import java.util.Set;
import tranche.sql.name.Name;
import tranche.sql.name.TypeText;
import tranche.sql.tree.Node;

/// New tables and columns, indexes, maintenance.
final class TableChecks {
  private static final Set<String> SERIAL =
      Set.of("smallserial", "serial", "bigserial", "serial2", "serial4", "serial8");

  private TableChecks() {}

  static void check(Subject subject, Report report) {
    switch (subject.tree().kind()) {
      case "CreateStmt" -> create(subject, report);
      case "AlterTableStmt" -> addedColumns(subject, report);
      case "IndexStmt" -> index(subject, report);
      case "DropStmt" -> dropIndex(subject, report);
      case "ReindexStmt" -> reindex(subject, report);
      case "ClusterStmt" -> rewritten("CLUSTER", subject, report);
      case "VacuumStmt" -> {
        if (subject.effect().summary().startsWith("vacuum full")) {
          rewritten("VACUUM FULL", subject, report);
        }
      }
      case "RefreshMatViewStmt" -> refresh(subject, report);
      default -> {}
    }
  }

  private static void create(Subject subject, Report report) {
    Node tree = subject.tree();
    Name table = subject.relation("relation");
    tree.children("tableElts").forEach(element -> column(element, table, subject, report));
    boolean isUnlogged =
        tree.child("relation")
            .flatMap(r -> r.text("relpersistence"))
            .filter("u"::equals)
            .isPresent();
    if (isUnlogged) {
      report.add(
          TableRules.UNLOGGED,
          subject.part(),
          "makes %s, which a crash empties".formatted(table),
          TableRules.UNLOGGED.safeWay());
    }
    Optional<Name> parent = tree.children("inhRelations").stream().findFirst().map(Name::ofRange);
    if (tree.isPresent("partbound") && parent.filter(subject::isInUse).isPresent()) {
      report.add(
          TableRules.PARTITION,
          subject.part(),
          "locks %s against everybody".formatted(parent.orElseThrow()),
          """
          CREATE TABLE %1$s (LIKE %2$s INCLUDING ALL);
          ALTER TABLE %2$s ATTACH PARTITION %1$s /* with the same FOR VALUES */;\
          """
              .formatted(table.sql(), parent.orElseThrow().sql()));
    }
  }

  private static void addedColumns(Subject subject, Report report) {
    Name table = subject.relation("relation");
    for (Node command : subject.tree().children("cmds")) {
      if (command.text("subtype").filter("AT_AddColumn"::equals).isPresent()) {
        command.child("def").ifPresent(d -> column(d, table, subject, report));
      }
    }
  }

  private static void column(Node element, Name table, Subject subject, Report report) {
    Optional<Node> typeName = element.child("typeName");
    if (typeName.isEmpty()) {
      return;
    }
    String column = table.text() + "." + element.text("colname").orElse("");
    Name type = Name.ofParts(typeName.get().children("names"));
    if (SERIAL.contains(type.own()) && type.schema().isEmpty()) {
      report.add(
          TableRules.SERIAL,
          subject.part(),
          "%s is of type %s".formatted(column, type),
          TableRules.SERIAL.safeWay());
    } else if (TypeText.of(typeName.get()).startsWith("timestamp")
        && type.own().equals("timestamp")) {
      report.add(
          TableRules.TIMESTAMP,
          subject.part(),
          "%s is of type timestamp".formatted(column),
          TableRules.TIMESTAMP.safeWay());
    }
  }

  private static void index(Subject subject, Report report) {
    Node tree = subject.tree();
    Name table = subject.relation("relation");
    if (!subject.isInUse(table)) {
      return;
    }
    if (!tree.flag("concurrent")) {
      report.add(
          TableRules.INDEX,
          subject.part(),
          "nobody can write to %s while the index is built".formatted(table),
          subject.part().text().replaceFirst("(?i)\\bINDEX\\b", "INDEX CONCURRENTLY") + ";");
    } else if (tree.flag("if_not_exists")) {
      report.add(
          TableRules.INDEX_IF_NOT_EXISTS,
          subject.part(),
          "an invalid index on %s would be taken for this one".formatted(table),
          subject.part().text().replaceFirst("(?i)\\bIF\\s+NOT\\s+EXISTS\\s+", "") + ";");
    }
  }

  private static void dropIndex(Subject subject, Report report) {
    boolean isIndex = subject.text("removeType").equals("OBJECT_INDEX");
    if (!isIndex || subject.tree().flag("concurrent")) {
      return;
    }
    for (Node object : subject.tree().children("objects")) {
      Name index = Name.ofParts(object.children("items"));
      if (subject.isInUse(index)) {
        report.add(
            TableRules.DROP_INDEX,
            subject.part(),
            "the table of %s is locked against everybody".formatted(index),
            "DROP INDEX CONCURRENTLY %s;".formatted(index.sql()));
      }
    }
  }

  private static void reindex(Subject subject, Report report) {
    if (subject.effect().lock().blocksWrites()) {
      report.add(
          TableRules.REINDEX,
          subject.part(),
          "nobody can write while the index is built",
          subject
                  .part()
                  .text()
                  .replaceFirst("(?i)\\b(INDEX|TABLE|SCHEMA|DATABASE)\\b", "$1 CONCURRENTLY")
              + ";");
    }
  }

  private static void rewritten(String what, Subject subject, Report report) {
    if (subject.effect().lock().blocksReads()) {
      report.add(
          ScriptRules.VACUUM_FULL,
          subject.part(),
          what + " writes the whole table anew",
          ScriptRules.VACUUM_FULL.safeWay());
    }
  }

  private static void refresh(Subject subject, Report report) {
    Name view = subject.relation("relation");
    if (!subject.tree().flag("concurrent") && subject.isInUse(view)) {
      report.add(
          ScriptRules.REFRESH,
          subject.part(),
          "nobody can read %s while it is filled".formatted(view),
          "REFRESH MATERIALIZED VIEW CONCURRENTLY %s;".formatted(view.sql()));
    }
  }
}
