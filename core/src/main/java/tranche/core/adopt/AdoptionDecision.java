package tranche.core.adopt;

import java.util.List;
import java.util.Objects;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;

/// Whether a store can be taken over.
public sealed interface AdoptionDecision {
  /// It can.
  ///
  /// @param kind where its history is kept from now on
  /// @param applied the rows of its history
  /// @param notes what its owner should know
  record Adopt(HistoryKind kind, List<AppliedMigration> applied, List<String> notes)
      implements AdoptionDecision {
    public Adopt {
      Objects.requireNonNull(kind);
      applied = List.copyOf(applied);
      notes = List.copyOf(notes);
    }
  }

  /// It cannot, for each of these reasons; nothing was changed.
  record Refuse(List<String> reasons) implements AdoptionDecision {
    public Refuse {
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal has a reason");
      }
      reasons = List.copyOf(reasons);
    }
  }
}
