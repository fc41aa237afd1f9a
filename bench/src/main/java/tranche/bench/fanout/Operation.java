package tranche.bench.fanout;

import java.util.Locale;

/// What is measured, in this order, on each fresh copy of the fleet.
enum Operation {
  /// The tool's first migration: the stores have tables and no history.
  FIRST_APPLY("first migration"),
  /// One more migration on stores that have a history.
  APPLY("further migration"),
  /// A migration that only adds columns, the least work for the server.
  COLUMNS("three columns"),
  /// Applying again, with nothing to do.
  NOOP("nothing to do"),
  /// Asking every store whether something is left to do.
  STATUS("status of all");

  private final String title;

  Operation(String title) {
    this.title = title;
  }

  /// What it is called in tables and charts.
  String title() {
    return title;
  }

  /// What it is called in JSON.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
