package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import tranche.api.schema.SchemaDriftJson;
import tranche.api.schema.SchemaDriftJson.ShapeJson;

/// Stores by what they differ in.
public final class SchemaDriftText {
  private static final int SHAPES = 8;
  private static final int DIFFERENCES = 6;

  private SchemaDriftText() {}

  /// The commonest differences.
  public static List<String> lines(SchemaDriftJson drift, Look look) {
    return lines(drift, SHAPES, DIFFERENCES, look);
  }

  /// All that is known.
  public static List<String> wide(SchemaDriftJson drift, Look look) {
    return lines(drift, Integer.MAX_VALUE, Integer.MAX_VALUE, look);
  }

  private static List<String> lines(SchemaDriftJson drift, int shapes, int differences, Look look) {
    List<String> lines = new ArrayList<>();
    String head = Paint.strong("Drift") + "  " + drift.target() + "   against " + drift.against();
    lines.addAll(Wrapped.lines(head, look.width()));
    if (drift.equal() > 0) {
      lines.add("  " + Paint.good("✔ " + Figures.count(drift.equal()) + " as expected"));
    }
    drift.shapes().stream()
        .limit(shapes)
        .forEach(shape -> lines.addAll(shape(shape, differences, look)));
    int more = drift.shapes().size() - shapes;
    if (more > 0) {
      lines.add("  and " + more + " more shapes; -o wide shows all");
    }
    lines.addAll(SchemaPlanText.still(drift.still(), look));
    lines.addAll(SchemaWords.leftOut(drift.leftOut(), look));
    long differ = drift.compared() - drift.equal();
    lines.add("");
    lines.add(
        differ == 0
            ? "Drift: none in " + Figures.count(drift.compared(), "store") + "."
            : "Drift: "
                + Figures.count(differ)
                + " of "
                + Figures.count(drift.compared(), "store")
                + (differ == 1 ? " differs." : " differ."));
    return look.finish(lines);
  }

  private static List<String> shape(ShapeJson shape, int shown, Look look) {
    List<String> lines = new ArrayList<>();
    String set = shape.set().isEmpty() ? "" : shape.set() + " ";
    String at = shape.version().map(v -> " at " + v).orElse("");
    String heading =
        Paint.bad("✕ " + set + Figures.count(shape.stores(), "store") + at)
            + "   "
            + SchemaWords.examples(shape.examples(), shape.stores());
    lines.addAll(Wrapped.after("  ", heading, look));
    shape.differences().stream()
        .limit(shown)
        .forEach(d -> lines.addAll(Wrapped.after("      ", d, look)));
    int more = shape.total() - Math.min(shown, shape.differences().size());
    if (more > 0) {
      lines.add("      and " + Figures.count(more, "more difference"));
    }
    return lines;
  }
}
