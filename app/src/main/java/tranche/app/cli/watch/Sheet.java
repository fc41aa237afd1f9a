package tranche.app.cli.watch;

import java.io.PrintStream;
import java.util.List;

/// Lines at the bottom of a terminal that are drawn over themselves. What was printed before stays
/// above them.
public final class Sheet {
  private final PrintStream out;
  private List<String> shown = List.of();

  /// Draws there.
  public Sheet(PrintStream out) {
    this.out = out;
  }

  /// Shows these lines, each cut off at that width.
  public void draw(List<String> lines, int width) {
    if (lines.equals(shown)) {
      return;
    }
    StringBuilder text = new StringBuilder();
    if (!shown.isEmpty()) {
      text.append("\u001b[").append(shown.size()).append('A');
    }
    text.append("\r\u001b[J");
    lines.forEach(line -> text.append(Clip.to(line, width)).append('\n'));
    out.print(text);
    out.flush();
    shown = List.copyOf(lines);
  }
}
