package tranche.core.migration;

/// The table-level locks of PostgreSQL, weakest first, and none.
public enum LockLevel {
  NONE,
  ACCESS_SHARE,
  ROW_SHARE,
  ROW_EXCLUSIVE,
  SHARE_UPDATE_EXCLUSIVE,
  SHARE,
  SHARE_ROW_EXCLUSIVE,
  EXCLUSIVE,
  ACCESS_EXCLUSIVE;

  /// As PostgreSQL's manual writes it.
  public String sql() {
    return name().replace('_', ' ');
  }

  /// Whether reading the table has to wait meanwhile.
  public boolean blocksReads() {
    return this == ACCESS_EXCLUSIVE;
  }

  /// Whether inserting, updating and deleting have to wait meanwhile.
  public boolean blocksWrites() {
    return compareTo(SHARE) >= 0;
  }
}
