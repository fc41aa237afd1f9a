package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import tranche.api.schema.SchemaAdoptJson;
import tranche.api.schema.SchemaAdoptJson.Group;

/// What became of stores that were to be adopted.
public final class SchemaAdoptText {
  private static final int REASONS = 5;

  private SchemaAdoptText() {}

  /// The groups, and why the refused ones were refused.
  public static List<String> lines(SchemaAdoptJson adopt, String targets, Look look) {
    List<String> lines = new ArrayList<>();
    String verb = adopt.isDry() ? "Would adopt" : "Adopted";
    lines.addAll(
        Wrapped.lines(
            Paint.strong(verb + " " + Figures.count(adopted(adopt)))
                + " of "
                + Figures.count(adopt.stores(), "store")
                + "   "
                + targets,
            look.width()));
    adopt.groups().forEach(group -> lines.addAll(group(group, look)));
    adopt.notes().forEach(note -> lines.addAll(Wrapped.after("  · ", note, look)));
    return look.finish(lines);
  }

  private static long adopted(SchemaAdoptJson adopt) {
    return adopt.groups().stream()
        .filter(g -> g.outcome().equals("adopted"))
        .mapToLong(Group::stores)
        .sum();
  }

  private static List<String> group(Group group, Look look) {
    String count = Figures.count(group.stores());
    List<String> lines = new ArrayList<>();
    switch (group.outcome()) {
      case "adopted" ->
          lines.add(
              "  "
                  + Paint.good("✔ " + count)
                  + "  from "
                  + group.tool().orElse("")
                  + ", at version "
                  + group.version().orElse("0"));
      case "already" -> lines.add("  ✔ " + count + "  adopted before, nothing to do");
      case "empty" ->
          lines.add("  ○ " + count + "  empty: nothing to adopt, apply runs everything");
      case "missing" ->
          lines.addAll(
              Wrapped.after(
                  "  " + Paint.bad("✕ " + count) + "  ", "not there: " + examples(group), look));
      case "refused" -> lines.addAll(refused(group, count, look));
      default -> throw new IllegalArgumentException(group.outcome());
    }
    return lines;
  }

  private static List<String> refused(Group group, String count, Look look) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        Wrapped.after(
            "  " + Paint.bad("✕ " + count) + "  ",
            "not adopted" + group.tool().map(t -> " from " + t).orElse("") + ": " + examples(group),
            look));
    group.reasons().stream()
        .limit(REASONS)
        .forEach(reason -> lines.addAll(Wrapped.after("      ", reason, look)));
    int more = group.reasons().size() - REASONS;
    if (more > 0) {
      lines.add("      and " + more + " more reasons; -o json shows all");
    }
    return lines;
  }

  private static String examples(Group group) {
    long more = group.stores() - group.examples().size();
    return String.join(", ", group.examples())
        + (more > 0 ? " and " + Figures.count(more) + " more" : "");
  }
}
