package tranche.postgres.schema;

/// When a backfill that does not end is given up.
///
/// @param chunks how often its statement is run at most
/// @param surplusRows how many rows it may change beyond twice the number of rows that the store
///   can have held when it began: room for what is written meanwhile. A statement that changes more
///   finds its own changes again and would never end.
public record BackfillLimits(long chunks, long surplusRows) {
  /// A million chunks, a million rows.
  public static final BackfillLimits ORDINARY = new BackfillLimits(1_000_000, 1_000_000);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public BackfillLimits {
    if (chunks < 1 || surplusRows < 0) {
      throw new IllegalArgumentException("chunks " + chunks + ", surplus " + surplusRows);
    }
  }
}
