package tranche.core.migration;

import java.util.Objects;

/// A row of a store's history that still describes the store.
///
/// @param key which migration
/// @param checksum what was run: a SHA-256 in hex, `flyway:` and Flyway's number, or one of the two
///   words below
/// @param isBaseline whether it stands for all versions up to its own
public record AppliedMigration(MigrationKey key, String checksum, boolean isBaseline) {
  /// The checksum of a migration that another tool ran and of whose text it kept nothing.
  public static final String ADOPTED = "adopted";

  /// The checksum of a migration that another tool ran and that is in no folder: a Java migration,
  /// say. It counts as run whatever the folder holds.
  public static final String OPAQUE = "opaque";

  private static final String FLYWAY = "flyway:";

  public AppliedMigration {
    Objects.requireNonNull(key);
    Objects.requireNonNull(checksum);
  }

  /// The checksum of a migration of which only Flyway's number is known.
  public static String flyway(int checksum) {
    return FLYWAY + checksum;
  }

  /// Whether what was run is that script, as far as can be told.
  public boolean matches(SqlScript script) {
    return checksum.equals(ADOPTED)
        || checksum.equals(OPAQUE)
        || checksum.equals(script.sha256())
        || checksum.equals(flyway(script.flywayChecksum()));
  }
}
