package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;

/// Text broken into lines between words.
final class Wrapped {
  private Wrapped() {}

  /// The text in lines no wider than that, unless a word alone is.
  static List<String> lines(String text, int width) {
    if (Paint.width(text) <= width) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && Paint.width(line + " " + word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return List.copyOf(lines);
  }

  /// The text behind a heading; further lines begin below the text.
  static List<String> after(String heading, String text, Look look) {
    int indent = Paint.width(heading);
    List<String> parts = lines(text, Math.max(Look.NARROWEST / 2, look.width() - indent));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      lines.add((i == 0 ? heading : " ".repeat(indent)) + parts.get(i));
    }
    return lines;
  }
}
