package tranche.postgres.fanout;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.StoreHistory;

/// What another tool has run in a store, to be written into the store's own history.
///
/// @param before what the own history must still be
/// @param kind where the history is kept from now on
/// @param rows all that describe the store now; rows of the own history that are not among them end
/// @param locks the other tool's own, held while writing
/// @param markQuery a scalar subquery that changes with every change of the other tool's table;
///   absent if that table is not looked at again
/// @param mark what it gave when the rows were read
public record Takeover(
    StoreHistory before,
    HistoryKind kind,
    List<Row> rows,
    List<Long> locks,
    Optional<String> markQuery,
    String mark) {
  public Takeover {
    Objects.requireNonNull(before);
    Objects.requireNonNull(kind);
    rows = List.copyOf(rows);
    locks = List.copyOf(locks);
    Objects.requireNonNull(markQuery);
    Objects.requireNonNull(mark);
  }

  /// One row.
  ///
  /// @param description as the folder has it; the key's text if the folder does not know it
  /// @param script the file's name, empty if the folder does not know it
  /// @param text the migration as the folder has it, if it is what was run as far as can be told:
  ///   what takes it back is kept with the row
  public record Row(
      AppliedMigration applied,
      String description,
      String script,
      Optional<CompiledMigration> text) {
    public Row {
      Objects.requireNonNull(applied);
      Objects.requireNonNull(description);
      Objects.requireNonNull(script);
      Objects.requireNonNull(text);
    }
  }

  /// How it went.
  public enum Outcome {
    /// The history says now what the other tool's says.
    TAKEN,
    /// Nothing was changed: one of the two histories is no longer what it was. Look again.
    MOVED,
    /// Nothing was changed: somebody is changing the store.
    BUSY
  }
}
