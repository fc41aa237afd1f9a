package tranche.app.cli;

import java.util.Locale;

/// The forms in which data can be printed.
enum Format {
  /// For people, fitted to the terminal.
  TABLE,
  /// For people, as wide as it is.
  WIDE,
  /// One envelope with everything.
  JSON,
  /// One JSON object per line, without envelope.
  NDJSON,
  /// Only names, one per line.
  NAME;

  boolean isForPeople() {
    return this == TABLE || this == WIDE;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
