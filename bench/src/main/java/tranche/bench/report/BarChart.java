package tranche.bench.report;

import java.util.List;
import java.util.Locale;

/// Horizontal bars in panels, as SVG. Each panel has a linear axis of its own that begins at zero,
/// so that lengths within a panel may be compared by eye.
///
/// @param title above everything
/// @param note below everything, for where the figures come from
/// @param panels in reading order, two in a row
public record BarChart(String title, String note, List<Panel> panels) {
  private static final int PANEL_WIDTH = 470;
  private static final int LABEL_WIDTH = 105;
  private static final int VALUE_WIDTH = 105;
  private static final int BAR = 16;
  private static final int PITCH = 22;
  private static final int MARGIN = 20;
  private static final int HEAD = 54;
  private static final int PANEL_HEAD = 26;
  private static final int PANEL_GAP = 22;

  /// Whose bar it is; decides its colour.
  public enum Side {
    /// The product.
    OURS,
    /// What cannot be beaten.
    FLOOR,
    /// What it is compared with.
    OTHER
  }

  /// One bar.
  ///
  /// @param label left of it
  /// @param value its length, not negative
  /// @param text right of it
  /// @param side whose it is
  public record Bar(String label, double value, String text, Side side) {
    /// Checks the length.
    ///
    /// @throws IllegalArgumentException when it is negative or no number
    public Bar {
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("a bar cannot be " + value + " long");
      }
    }
  }

  /// Bars that share an axis.
  ///
  /// @param title what is measured, with its unit
  /// @param bars from top to bottom
  public record Panel(String title, List<Bar> bars) {
    /// Copies the list.
    public Panel {
      bars = List.copyOf(bars);
    }
  }

  /// Copies the list.
  public BarChart {
    panels = List.copyOf(panels);
  }

  /// The chart as a document of its own.
  public String svg() {
    int rows = (panels.size() + 1) / 2;
    int tallest = panels.stream().mapToInt(panel -> panel.bars().size()).max().orElse(0);
    int panelHeight = PANEL_HEAD + tallest * PITCH + PANEL_GAP;
    int width = 2 * PANEL_WIDTH + 3 * MARGIN;
    int height = HEAD + rows * panelHeight + 2 * MARGIN;
    var svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
            <style>
            text { font-family: system-ui, sans-serif; font-size: 12px; fill: #1f2933; }
            .title { font-size: 17px; font-weight: 600; }
            .panel { font-size: 13px; font-weight: 600; }
            .note { fill: #52606d; font-size: 11px; }
            .ours { fill: #0b7285; }
            .floor { fill: #868e96; }
            .other { fill: #d9822b; }
            .axis { stroke: #9aa5b1; }
            </style>
            <title>%3$s</title>
            <rect width="%1$d" height="%2$d" fill="#ffffff"/>
            <text class="title" x="%4$d" y="32">%3$s</text>
            """
                .formatted(width, height, escaped(title), MARGIN));
    for (int i = 0; i < panels.size(); i++) {
      int x = MARGIN + (i % 2) * (PANEL_WIDTH + MARGIN);
      int y = HEAD + (i / 2) * panelHeight;
      draw(panels.get(i), svg, x, y);
    }
    return svg.append(text("note", MARGIN, height - MARGIN, note)).append("</svg>\n").toString();
  }

  private static void draw(Panel panel, StringBuilder svg, int left, int top) {
    svg.append(text("panel", left, top + 14, panel.title()));
    double longest = panel.bars().stream().mapToDouble(Bar::value).max().orElse(0);
    int axis = left + LABEL_WIDTH;
    int room = PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH;
    int y = top + PANEL_HEAD;
    svg.append(
        "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
            .formatted(axis, y - 2, axis, y + panel.bars().size() * PITCH));
    for (Bar bar : panel.bars()) {
      double length = longest == 0 ? 0 : Math.max(1, bar.value() / longest * room);
      svg.append(text("label", left, y + BAR - 4, bar.label()));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
              bar.side().name().toLowerCase(Locale.ROOT),
              axis,
              y,
              length,
              BAR));
      svg.append(text("value", axis + (int) Math.ceil(length) + 6, y + BAR - 4, bar.text()));
      y += PITCH;
    }
  }

  private static String text(String style, int x, int y, String words) {
    return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n"
        .formatted(style, x, y, escaped(words));
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
