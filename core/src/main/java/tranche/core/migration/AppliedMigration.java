package tranche.core.migration;

import java.util.Objects;

/// A row of a store's history that still describes the store.
///
/// @param key which migration
/// @param checksum what was run: a SHA-256 in hex, or `flyway:` and Flyway's number, or `adopted`
///   if the adopted history has none
/// @param isBaseline whether it stands for all versions up to its own
public record AppliedMigration(MigrationKey key, String checksum, boolean isBaseline) {
  public AppliedMigration {
    Objects.requireNonNull(key);
    Objects.requireNonNull(checksum);
  }
}
