package tranche.app.schema;

import java.util.Locale;

/// The forms in which schema commands print.
enum SchemaFormat {
  /// For people, fitted to the terminal: groups of stores.
  TABLE,
  /// For people, as wide as it is: every group, every statement, every store.
  WIDE,
  /// One envelope with everything.
  JSON,
  /// One JSON object per store and line.
  NDJSON,
  /// JUnit's XML: a suite per tier or database, a case per store.
  JUNIT;

  boolean isForPeople() {
    return this == TABLE || this == WIDE;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
