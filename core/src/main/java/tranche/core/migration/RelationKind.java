package tranche.core.migration;

/// What a relation can be.
public enum RelationKind {
  /// With or without partitions.
  TABLE("a table"),
  /// Rows that a query computes.
  VIEW("a view"),
  /// Rows that a query computed.
  MATERIALIZED_VIEW("a materialized view"),
  /// Numbers.
  SEQUENCE("a sequence"),
  /// Rows of another server.
  FOREIGN_TABLE("a foreign table");

  private final String words;

  RelationKind(String words) {
    this.words = words;
  }

  /// For people, with an article: `a table`.
  public String words() {
    return words;
  }
}
