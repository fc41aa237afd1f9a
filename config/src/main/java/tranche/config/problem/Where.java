package tranche.config.problem;

import java.util.Objects;

/// The place where something is declared, as it is shown: `tranche.yaml:12:5`.
public record Where(String text) {
  public Where {
    Objects.requireNonNull(text);
  }

  /// A place in a file; line and column count from 1.
  public static Where in(String file, int line, int column) {
    return new Where(file + ":" + line + ":" + column);
  }

  /// A whole line of a file, counted from 1.
  public static Where line(String file, long line) {
    return new Where(file + ":" + line);
  }

  /// A file as a whole.
  public static Where file(String file) {
    return new Where(file);
  }

  /// A row of a query's result, counted from 1.
  public static Where row(String database, int row) {
    return new Where("row " + row + " of the query on database " + database);
  }

  @Override
  public String toString() {
    return text;
  }
}
