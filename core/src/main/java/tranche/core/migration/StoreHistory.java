package tranche.core.migration;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What was run on a store, as the store itself says.
///
/// Thousands of stores share few histories: equal fingerprints mean equal rows, so what follows
/// from a history is worked out once for each fingerprint.
///
/// @param kind where it is kept
/// @param fingerprint changes with every row; the executor refuses a store whose fingerprint is no
///   longer the one that was decided on
/// @param applied its rows
/// @param halfway a script outside of a transaction that has begun and not ended
public record StoreHistory(
    HistoryKind kind, long fingerprint, List<AppliedMigration> applied, Optional<Halfway> halfway) {
  public StoreHistory {
    Objects.requireNonNull(kind);
    applied = List.copyOf(applied);
    Objects.requireNonNull(halfway);
  }

  /// A script that runs statement by statement and did not get to its end.
  ///
  /// @param key which migration
  /// @param checksum the SHA-256 of the script that was begun
  /// @param done how many of its statements are known to have run; the next one may have
  /// @param total how many it has
  public record Halfway(MigrationKey key, String checksum, int done, int total) {
    public Halfway {
      Objects.requireNonNull(key);
      Objects.requireNonNull(checksum);
    }
  }
}
