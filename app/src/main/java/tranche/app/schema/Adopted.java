package tranche.app.schema;

import java.util.List;
import java.util.Optional;
import tranche.app.schema.selection.TargetStore;
import tranche.core.adopt.AdoptionDecision;
import tranche.core.migration.StoreHistory;

/// One store and what adopting it came to.
record Adopted(TargetStore store, Result result) {
  /// What was found, or done.
  sealed interface Result {
    /// It can be taken over, or was.
    ///
    /// @param tool whose history it was
    /// @param mark of that history when it was read
    record Takable(String tool, AdoptionDecision.Adopt adopt, StoreHistory before, String mark)
        implements Result {}

    /// Tranche keeps its history already.
    record Already(String kind, Optional<String> version) implements Result {}

    /// There is nothing in it, so there is nothing to take over.
    record Empty() implements Result {}

    /// There is no such schema or database.
    record Missing() implements Result {}

    /// It cannot be taken over.
    record Refused(Optional<String> tool, List<String> reasons) implements Result {
      public Refused {
        reasons = List.copyOf(reasons);
      }
    }
  }

  boolean canBeTaken() {
    return result instanceof Result.Takable;
  }

  boolean isRefused() {
    return result instanceof Result.Refused || result instanceof Result.Missing;
  }

  Adopted with(Result other) {
    return new Adopted(store, other);
  }
}
