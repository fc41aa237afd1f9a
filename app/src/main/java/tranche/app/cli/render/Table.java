package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lays cells out in columns.
///
/// A column is as wide as its widest cell. If a line is then wider than the look allows, the
/// columns that may bend become narrower, the widest first, and their cells go on in the next line:
/// nothing is cut off.
final class Table {
  private static final int GAP = 2;
  private static final int BENT = 12;

  private final String indent;
  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /// How the cells of a column stand.
  enum Column {
    /// To the left, in one piece.
    LEFT,
    /// To the right, in one piece: numbers.
    RIGHT,
    /// To the left, over several lines if need be: sentences.
    BENDING
  }

  Table(String indent, Column... columns) {
    this.indent = indent;
    this.columns = List.of(columns);
  }

  /// Adds a row; it has as many cells as the table has columns.
  Table row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size());
    }
    rows.add(List.of(cells));
    return this;
  }

  List<String> lines(Look look) {
    int[] widths = widths(look.width());
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.addAll(lines(row, widths));
    }
    return lines;
  }

  private int[] widths(int allowed) {
    int[] widths = new int[columns.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Paint.width(row.get(i)));
      }
    }
    int room = allowed - Paint.width(indent) - GAP * (widths.length - 1);
    int excess = Arrays.stream(widths).sum() - room;
    while (excess > 0) {
      int widest = widestBending(widths);
      if (widest < 0) {
        return widths;
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  private int widestBending(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean canBend = columns.get(i) == Column.BENDING && widths[i] > BENT;
      if (canBend && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private List<String> lines(List<String> row, int[] widths) {
    List<List<String>> parts = new ArrayList<>();
    int height = 1;
    for (int i = 0; i < widths.length; i++) {
      List<String> part =
          columns.get(i) == Column.BENDING
              ? Wrapped.lines(row.get(i), widths[i])
              : List.of(row.get(i));
      parts.add(part);
      height = Math.max(height, part.size());
    }
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < height; line++) {
      lines.add(line(parts, widths, line));
    }
    return lines;
  }

  private String line(List<List<String>> parts, int[] widths, int line) {
    StringBuilder text = new StringBuilder(indent);
    for (int i = 0; i < widths.length; i++) {
      String cell = line < parts.get(i).size() ? parts.get(i).get(line) : "";
      boolean isNumber = columns.get(i) == Column.RIGHT;
      text.append(i == 0 ? "" : " ".repeat(GAP));
      text.append(isNumber ? Paint.padLeft(cell, widths[i]) : Paint.padRight(cell, widths[i]));
    }
    return text.toString().stripTrailing();
  }
}
