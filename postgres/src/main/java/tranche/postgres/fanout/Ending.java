package tranche.postgres.fanout;

import org.jspecify.annotations.Nullable;
import tranche.core.problem.Problem;

/// How a transaction ended, known for sure.
sealed interface Ending {
  /// It has committed.
  ///
  /// @param value the last one that it returned
  record Committed(@Nullable String value) implements Ending {
    /// The value as a number, where the transaction was made so that there is one.
    long number() {
      if (value == null) {
        throw new IllegalStateException("the transaction returned nothing");
      }
      return Long.parseLong(value);
    }
  }

  /// Nothing was changed: the store is not what the change was decided on.
  record Moved() implements Ending {}

  /// Nothing was changed: something is wrong.
  record Failed(Problem problem) implements Ending {}
}
