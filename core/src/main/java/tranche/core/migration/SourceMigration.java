package tranche.core.migration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tranche.core.release.SchemaPhase;

/// One migration of a folder, as it was read.
///
/// @param kind its role
/// @param key what identifies it; a baseline has the key of its version
/// @param description from the file name, with blanks
/// @param up what is run
/// @param down what takes it back, if the folder has a script for that
/// @param statedPhase the phase that a header or a folder states
/// @param batch rows per statement of a backfill, if a header states it
/// @param transaction whether it runs inside one transaction
/// @param requires migrations of other stores that must have run before
/// @param allowed rules whose findings the header allows: `-- tranche: allow=rewrite-table`
public record SourceMigration(
    MigrationKind kind,
    MigrationKey key,
    String description,
    SqlScript up,
    Optional<SqlScript> down,
    Optional<SchemaPhase> statedPhase,
    Optional<Integer> batch,
    TransactionMode transaction,
    List<Requirement> requires,
    List<String> allowed) {
  public SourceMigration {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(key);
    Objects.requireNonNull(description);
    Objects.requireNonNull(up);
    Objects.requireNonNull(down);
    Objects.requireNonNull(statedPhase);
    Objects.requireNonNull(batch);
    Objects.requireNonNull(transaction);
    requires = List.copyOf(requires);
    allowed = List.copyOf(allowed);
  }

  /// A migration whose header allows nothing.
  public SourceMigration(
      MigrationKind kind,
      MigrationKey key,
      String description,
      SqlScript up,
      Optional<SqlScript> down,
      Optional<SchemaPhase> statedPhase,
      Optional<Integer> batch,
      TransactionMode transaction,
      List<Requirement> requires) {
    this(kind, key, description, up, down, statedPhase, batch, transaction, requires, List.of());
  }

  /// The migration as it is in one store, as far as other tools tell: Flyway knows a migration that
  /// it repeats by the text with the store's values, all others by the text in the file.
  public SourceMigration in(Map<StorePlaceholder, String> values) {
    SqlScript here = kind == MigrationKind.REPEATABLE ? up.in(values) : up;
    return here.equals(up)
        ? this
        : new SourceMigration(
            kind, key, description, here, down, statedPhase, batch, transaction, requires, allowed);
  }
}
