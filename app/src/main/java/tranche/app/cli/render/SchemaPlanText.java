package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tranche.api.schema.SchemaPlanJson;
import tranche.api.schema.SchemaPlanJson.FindingJson;
import tranche.api.schema.SchemaPlanJson.HistoryJson;
import tranche.api.schema.SchemaPlanJson.PlannedMigrationJson;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;
import tranche.api.schema.SchemaPlanJson.StatementJson;
import tranche.api.schema.SchemaPlanJson.UndoJson;
import tranche.api.schema.StoreGroupJson;

/// What a run over stores would do: its migrations with what they touch and lock, the stores by
/// their past, what is to be said about it.
public final class SchemaPlanText {
  private static final int HISTORIES = 6;
  private static final int STATEMENTS = 8;

  private SchemaPlanText() {}

  /// The plan, as short as it can be.
  public static List<String> lines(SchemaPlanJson plan, Look look) {
    return lines(plan, HISTORIES, STATEMENTS, look);
  }

  /// The plan with every statement and every history.
  public static List<String> wide(SchemaPlanJson plan, Look look) {
    return lines(plan, Integer.MAX_VALUE, Integer.MAX_VALUE, look);
  }

  private static List<String> lines(SchemaPlanJson plan, int histories, int statements, Look look) {
    List<String> lines = new ArrayList<>();
    lines.addAll(Wrapped.lines(head(plan), look.width()));
    plan.folders()
        .forEach(f -> lines.addAll(Wrapped.after("  ", SchemaStatusText.folder(f), look)));
    for (PlannedMigrationJson migration : plan.migrations()) {
      lines.add("");
      boolean isBack = plan.verb().equals("revert");
      lines.addAll(isBack ? back(migration, look) : migration(migration, statements, look));
    }
    if (!plan.histories().isEmpty()) {
      lines.add("");
      lines.addAll(histories(plan.histories(), histories, look));
    }
    lines.addAll(still(plan.still(), look));
    plan.findings().forEach(finding -> lines.addAll(finding(finding, look)));
    plan.rehearsals().forEach(r -> lines.addAll(rehearsal(r, look)));
    lines.addAll(SchemaWords.leftOut(plan.leftOut(), look));
    lines.add("");
    lines.addAll(Wrapped.lines(summary(plan), look.width()));
    return look.finish(lines);
  }

  private static String head(SchemaPlanJson plan) {
    String verb = plan.verb().equals("revert") ? "to take back on " : "to move ";
    return Paint.strong("Plan")
        + "  "
        + plan.target()
        + "   "
        + verb
        + Figures.count(plan.moving())
        + " of "
        + Figures.count(plan.stores(), "store");
  }

  private static List<String> migration(PlannedMigrationJson migration, int shown, Look look) {
    List<String> lines = new ArrayList<>();
    String set = migration.set().isEmpty() ? "" : migration.set() + " ";
    lines.addAll(
        Wrapped.after(
            "  ",
            Paint.strong(set + migration.key() + " " + migration.description())
                + "   "
                + migration.phase()
                + " · "
                + (migration.transactional() ? "one transaction" : "statement by statement")
                + " · "
                + lock(migration.lock())
                + " · "
                + Figures.count(migration.stores(), "store"),
            look));
    Table table =
        new Table(
            "    ",
            Table.Column.LEFT,
            Table.Column.BENDING,
            Table.Column.BENDING,
            Table.Column.LEFT,
            Table.Column.LEFT);
    for (StatementJson statement : migration.statements().stream().limit(shown).toList()) {
      table.row(
          "line " + statement.line(),
          statement.summary(),
          String.join(", ", statement.objects()),
          lock(statement.lock()),
          work(statement));
    }
    lines.addAll(table.lines(look));
    int more = migration.statements().size() - shown;
    if (more > 0) {
      lines.add("    and " + Figures.count(more, "more statement") + "; -o wide shows all");
    }
    lines.addAll(Wrapped.after("    undo   ", undo(migration.undo()), look));
    return lines;
  }

  private static List<String> back(PlannedMigrationJson migration, Look look) {
    List<String> lines = new ArrayList<>();
    String stores = Figures.count(migration.stores(), "store");
    lines.add("  " + Paint.strong("take back " + migration.key()) + "   " + stores);
    migration.undo().sql().forEach(sql -> lines.addAll(Wrapped.after("    ", flat(sql), look)));
    if (!migration.undo().loses().isEmpty()) {
      String loses = Paint.bad("loses " + String.join(", ", migration.undo().loses()));
      lines.addAll(Wrapped.after("    ", loses, look));
    }
    if (migration.undo().how().equals("not-needed")) {
      lines.add("    nothing to take back");
    }
    return lines;
  }

  private static String flat(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String lock(String lock) {
    return lock.equals("NONE") ? "no lock" : lock;
  }

  private static String work(StatementJson statement) {
    String work =
        switch (statement.work()) {
          case "none" -> "catalog only";
          case "scan" -> Paint.held("reads the table");
          case "rewrite" -> Paint.bad("rewrites the table");
          case "rows" -> "its rows";
          default -> "work unknown";
        };
    return switch (statement.loss()) {
      case "data" -> work + ", " + Paint.bad("loses data");
      case "shape" -> work + ", removes";
      default -> work;
    };
  }

  static String undo(UndoJson undo) {
    String loses =
        undo.loses().isEmpty() ? "" : Paint.held("; loses " + String.join(", ", undo.loses()));
    return switch (undo.how()) {
      case "written" -> "by the folder's own script" + loses;
      case "generated" -> flat(String.join("; ", undo.sql())) + loses;
      case "not-needed" -> "nothing to take back";
      default -> Paint.held("none: " + undo.why().orElse("it cannot be derived"));
    };
  }

  private static List<String> histories(List<HistoryJson> histories, int shown, Look look) {
    Table table =
        new Table(
            "  ",
            Table.Column.LEFT,
            Table.Column.RIGHT,
            Table.Column.BENDING,
            Table.Column.BENDING);
    table.row("FROM → TO", "STORES", "RUNS", "STORES LIKE");
    for (HistoryJson history : histories.stream().limit(shown).toList()) {
      table.row(
          history.from().orElse("–") + " → " + history.to().orElse("–"),
          Figures.count(history.stores()),
          SchemaWords.migrations(history.runs(), history.runs().size()),
          SchemaWords.examples(history.examples(), history.stores()));
    }
    List<String> lines = new ArrayList<>(table.lines(look));
    int more = histories.size() - shown;
    if (more > 0) {
      lines.add("  and " + more + " more; -o wide shows all");
    }
    return lines;
  }

  static List<String> still(List<StoreGroupJson> groups, Look look) {
    Table table = new Table("  ", Table.Column.LEFT, Table.Column.RIGHT, Table.Column.BENDING);
    for (StoreGroupJson group : groups) {
      String named =
          group.state().equals("current")
              ? group.version().map(v -> "at " + v).orElse("")
              : SchemaWords.examples(group.examples(), group.stores())
                  + group.problem().map(p -> ": " + p.what() + ". " + p.fix()).orElse("");
      table.row(SchemaWords.state(group.state()), Figures.count(group.stores()), named);
    }
    return groups.isEmpty() ? List.of() : concat("", table.lines(look));
  }

  private static List<String> concat(String first, List<String> rest) {
    List<String> lines = new ArrayList<>(List.of(first));
    lines.addAll(rest);
    return lines;
  }

  private static List<String> finding(FindingJson finding, Look look) {
    List<String> lines = new ArrayList<>(List.of(""));
    String place = finding.script() + ":" + finding.line() + ":" + finding.column();
    lines.addAll(
        Wrapped.after("  ", severity(finding) + "  " + place + "   " + finding.what(), look));
    lines.addAll(Wrapped.after("    why    ", finding.why(), look));
    boolean isFirst = true;
    for (String line : finding.safeWay().strip().lines().toList()) {
      lines.addAll(Wrapped.after(isFirst ? "    do     " : "           ", line, look));
      isFirst = false;
    }
    return lines;
  }

  /// What came out of a rehearsal, behind an empty line.
  public static List<String> rehearsal(RehearsalJson rehearsal, Look look) {
    String where =
        " on a copy of "
            + rehearsal.store()
            + String.format(Locale.ROOT, " in %.2f s: ", rehearsal.took().toNanos() / 1e9);
    String runs = SchemaWords.migrations(rehearsal.runs(), rehearsal.runs().size());
    String step = rehearsal.step().map(s -> "migration " + s + " ").orElse("");
    String said =
        switch (rehearsal.outcome()) {
          case "restored" ->
              Paint.good("✔ rehearsed " + runs)
                  + where
                  + "done, taken back, done again; all of the"
                  + " structure came back";
          case "not-restored" ->
              Paint.bad("✕ rehearsed") + where + step + "is not taken back by its undo";
          case "failed" -> Paint.bad("✕ rehearsed") + where + step + "failed";
          case "undo-failed" -> Paint.bad("✕ rehearsed") + where + "the undo of " + step + "failed";
          default -> Paint.held("○ not rehearsed") + " for stores like " + rehearsal.store() + ":";
        };
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(Wrapped.after("  ", said.strip(), look));
    rehearsal.details().forEach(d -> lines.addAll(Wrapped.after("      ", d, look)));
    return lines;
  }

  private static String severity(FindingJson finding) {
    String name = finding.rule() + (finding.allowed() ? " (allowed)" : "");
    return switch (finding.severity()) {
      case "error" ->
          finding.allowed() ? Paint.held("○ error " + name) : Paint.bad("✕ error " + name);
      case "warning" ->
          Paint.held("‖ warning " + name + finding.eased().map(e -> " (" + e + ")").orElse(""));
      default -> "· note " + name;
    };
  }

  private static String summary(SchemaPlanJson plan) {
    long errors =
        plan.findings().stream().filter(f -> f.severity().equals("error") && !f.allowed()).count();
    String verb = plan.verb().equals("revert") ? " to take back." : " to move.";
    String moves =
        plan.moving() == 0
            ? "Plan: nothing to do."
            : "Plan: " + Figures.count(plan.moving(), "store") + verb;
    String refused = errors == 0 ? "" : " " + Figures.count(errors, "error") + " to clear first.";
    return moves + refused + " Nothing has been changed.";
  }

  /// The exact statements for each distinct past, as a script that can be read and run.
  public static List<String> sql(SchemaPlanJson plan, Look look) {
    List<String> lines = new ArrayList<>();
    for (HistoryJson history : plan.histories()) {
      lines.add("");
      lines.add(
          "-- "
              + Figures.count(history.stores(), "store")
              + " from "
              + history.from().orElse("nothing")
              + " to "
              + history.to().orElse("nothing")
              + ": "
              + SchemaWords.examples(history.examples(), history.stores()));
      lines.addAll(history.sql());
    }
    return look.finish(lines);
  }
}
