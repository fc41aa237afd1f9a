package tranche.core.reference;

import java.util.Objects;

/// What was found out about a reference of one store. Values are counted and never told: they may
/// be personal data.
public sealed interface ReferenceResult {
  /// All values were looked at.
  ///
  /// @param missing how many distinct values have no counterpart
  record Whole(long missing) implements ReferenceResult {}

  /// Not all values were looked at.
  ///
  /// @param missing how many of those that were have no counterpart
  /// @param why what ended it
  record Partly(long missing, String why) implements ReferenceResult {
    public Partly {
      Objects.requireNonNull(why);
    }
  }

  /// There is nothing to compare yet, or no more.
  ///
  /// @param why which of the tables or columns is not there
  record Nothing(String why) implements ReferenceResult {
    public Nothing {
      Objects.requireNonNull(why);
    }
  }

  /// How many values are known to have no counterpart.
  default long known() {
    return switch (this) {
      case Whole(long missing) -> missing;
      case Partly(long missing, _) -> missing;
      case Nothing _ -> 0;
    };
  }
}
