package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.PlanJson.ContractJson;
import tranche.api.rollout.PlanJson.LeftOutJson;
import tranche.api.rollout.PlanJson.LeftOutTenant;
import tranche.api.rollout.PlanJson.PlannedTrancheJson;
import tranche.api.rollout.PlanJson.SchemaChangeJson;
import tranche.api.rollout.PlanList.PlanEntry;

/// A plan as a table of a few lines, however many tenants it moves.
public final class PlanTable {
  private static final int NAMED = 3;
  private static final String INDENT = "  ";
  private static final String SCHEMA = "  Schema   ";
  private static final String LEFT_OUT = "  Left out ";
  private static final String UNDO = "  Undo     ";

  private PlanTable() {}

  /// What would move, in which order, behind which gates, what stays and what taking back costs.
  public static List<String> lines(PlanJson plan, Look look) {
    return lines(plan, tranches(plan, look), look);
  }

  /// The same, with how the traffic of each tranche moves and in how many batches.
  public static List<String> wide(PlanJson plan, Look look) {
    return lines(plan, wideTranches(plan, look), look);
  }

  private static List<String> lines(PlanJson plan, List<String> tranches, Look look) {
    List<String> lines = new ArrayList<>();
    lines.addAll(Wrapped.lines(head(plan), look.width()));
    lines.addAll(tranches);
    List<String> notes = new ArrayList<>();
    notes.addAll(schema(plan.schema(), look));
    notes.addAll(leftOut(plan.leftOut(), look));
    notes.addAll(undo(plan.undo(), look));
    if (!notes.isEmpty()) {
      lines.add("");
      lines.addAll(notes);
    }
    lines.add(foot(plan));
    return look.finish(lines);
  }

  /// The command that carries the plan out.
  public static String next(PlanJson plan) {
    return "tranche rollout start " + plan.id();
  }

  /// Plans, one line each.
  public static List<String> list(List<PlanEntry> plans, Look look) {
    Table table =
        new Table(
            "",
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.RIGHT,
            Table.Column.RIGHT,
            Table.Column.LEFT);
    table.row("PLAN", "TO", "TENANTS", "LEFT OUT", "MADE");
    for (PlanEntry plan : plans) {
      table.row(
          plan.id(),
          plan.to(),
          Figures.count(plan.tenants()),
          Figures.count(plan.leftOut()),
          Figures.full(plan.at(), look.zone()));
    }
    return look.finish(table.lines(look));
  }

  private static String head(PlanJson plan) {
    long all = (long) plan.tenants() + plan.leftOut().count();
    return Paint.strong("Plan " + plan.id())
        + "  "
        + from(plan.from())
        + " → "
        + plan.to()
        + "   schema "
        + (plan.schema().isEmpty() ? "unchanged" : Figures.count(plan.schema().size(), "change"))
        + phases(plan.schema())
        + "   "
        + Figures.count(plan.tenants())
        + " of "
        + Figures.count(all, "tenant")
        + ", "
        + Figures.count(plan.stores(), "store")
        + ", "
        + Figures.count(plan.regions(), "region");
  }

  private static String from(Map<String, Long> from) {
    if (from.size() == 1) {
      return name(from.keySet().iterator().next());
    }
    return from.entrySet().stream()
        .map(e -> name(e.getKey()) + " (" + Figures.count(e.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String name(String release) {
    return release.isEmpty() ? "nothing" : release;
  }

  private static String phases(List<SchemaChangeJson> changes) {
    long phases = changes.stream().map(SchemaChangeJson::phase).distinct().count();
    return phases > 1 ? " in " + phases + " phases" : "";
  }

  private static List<String> tranches(PlanJson plan, Look look) {
    Table table =
        new Table(
            INDENT,
            Table.Column.RIGHT,
            Table.Column.LEFT,
            Table.Column.BENDING,
            Table.Column.RIGHT,
            Table.Column.BENDING,
            Table.Column.BENDING,
            Table.Column.LEFT);
    table.row("#", "tranche", "who", "tenants", "schema", "gates", "about");
    for (PlannedTrancheJson tranche : plan.tranches()) {
      table.row(
          String.valueOf(tranche.number()),
          tranche.name(),
          tranche.who(),
          Figures.count(tranche.tenants()),
          joined(tranche.schema()),
          joined(tranche.gates()),
          Figures.about(tranche.about()));
    }
    int number = plan.tranches().size() + 1;
    plan.contract().ifPresent(contract -> add(table, number, contract));
    return table.lines(look);
  }

  private static List<String> wideTranches(PlanJson plan, Look look) {
    Table table =
        new Table(
            INDENT,
            Table.Column.RIGHT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.RIGHT,
            Table.Column.RIGHT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT);
    table.row("#", "tranche", "who", "tenants", "batches", "traffic", "schema", "gates", "about");
    for (PlannedTrancheJson tranche : plan.tranches()) {
      table.row(
          String.valueOf(tranche.number()),
          tranche.name(),
          tranche.who(),
          Figures.count(tranche.tenants()),
          Figures.count(tranche.batches()),
          joined(tranche.strategies()),
          joined(tranche.schema()),
          joined(tranche.gates()),
          Figures.about(tranche.about()));
    }
    int number = plan.tranches().size() + 1;
    plan.contract()
        .ifPresent(c ->
            table.row(
                String.valueOf(number),
                "contract",
                Figures.count(c.stores(), "store"),
                "–",
                "–",
                "–",
                "contract",
                joined(c.gates()),
                ""));
    return table.lines(look);
  }

  private static void add(Table table, int number, ContractJson contract) {
    table.row(
        String.valueOf(number),
        "contract",
        Figures.count(contract.stores(), "store"),
        "–",
        "contract",
        joined(contract.gates()),
        "");
  }

  private static String joined(List<String> parts) {
    return parts.isEmpty() ? "–" : String.join(", ", parts);
  }

  private static List<String> schema(List<SchemaChangeJson> changes, Look look) {
    if (changes.isEmpty()) {
      return List.of();
    }
    Table table =
        new Table(
            " ".repeat(SCHEMA.length()),
            Table.Column.LEFT,
            Table.Column.BENDING,
            Table.Column.LEFT,
            Table.Column.BENDING);
    for (SchemaChangeJson change : changes) {
      table.row(
          sign(change.phase()) + " " + change.version(),
          change.description(),
          change.phase(),
          stores(change));
    }
    return headed(SCHEMA, table.lines(look));
  }

  private static String stores(SchemaChangeJson change) {
    String stores = "on " + Figures.count(change.stores(), "store");
    return change.phase().equals("contract") ? stores + ", irreversible" : stores;
  }

  private static String sign(String phase) {
    return switch (phase) {
      case "expand" -> "+";
      case "contract" -> "-";
      default -> "~";
    };
  }

  private static List<String> headed(String heading, List<String> lines) {
    List<String> headed = new ArrayList<>(lines);
    headed.set(0, heading + lines.getFirst().substring(heading.length()));
    return headed;
  }

  private static List<String> leftOut(LeftOutJson leftOut, Look look) {
    if (leftOut.count() == 0) {
      return List.of();
    }
    Map<String, List<String>> byReason =
        leftOut.items().stream()
            .collect(
                Collectors.groupingBy(
                    LeftOutTenant::reason,
                    LinkedHashMap::new,
                    Collectors.mapping(LeftOutTenant::tenant, Collectors.toList())));
    String tenants = Figures.count(leftOut.count(), "tenant");
    String text = tenants + "   " + reasons(byReason, leftOut.count()) + hint(byReason);
    return Wrapped.after(LEFT_OUT, text, look);
  }

  /// A tenant that is alone with its reason by name, others counted; at most three reasons.
  private static String reasons(Map<String, List<String>> byReason, int count) {
    List<String> shown = new ArrayList<>();
    int said = 0;
    for (var group : byReason.entrySet()) {
      if (shown.size() == NAMED) {
        break;
      }
      List<String> tenants = group.getValue();
      String who = tenants.size() == 1 ? tenants.getFirst() : Figures.count(tenants.size());
      shown.add(who + " " + group.getKey());
      said += tenants.size();
    }
    int more = count - said;
    return String.join(", ", shown) + (more > 0 ? ", " + Figures.count(more) + " more" : "");
  }

  /// How to ask about one of them: of the smallest group, because its reason is the least expected.
  private static String hint(Map<String, List<String>> byReason) {
    return byReason.values().stream()
        .min(Comparator.comparingInt(List::size))
        .map(tenants -> "   tranche tenant why " + tenants.getFirst())
        .orElse("");
  }

  private static List<String> undo(List<String> sentences, Look look) {
    List<String> lines = new ArrayList<>();
    String heading = UNDO;
    for (String sentence : sentences) {
      lines.addAll(Wrapped.after(heading, sentence, look));
      heading = " ".repeat(UNDO.length());
    }
    return lines;
  }

  private static String foot(PlanJson plan) {
    return "Plan: "
        + Figures.count(plan.tenants())
        + " to move, "
        + Figures.count(plan.leftOut().count())
        + " left out. Nothing has been changed.";
  }

  /// The lines below the table that name who moves in which tranche, one line per tenant.
  public static List<String> tenants(List<tranche.api.rollout.MovePage.MoveJson> moves, Look look) {
    Table table =
        new Table(
            INDENT,
            Table.Column.RIGHT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.BENDING);
    table.row("#", "batch", "tenant", "from", "cell", "stores");
    for (var move : moves) {
      table.row(
          String.valueOf(move.tranche()),
          move.batch(),
          move.tenant(),
          move.from().orElse("nothing"),
          move.cell(),
          String.join(", ", move.stores()));
    }
    return look.finish(table.lines(look));
  }
}
