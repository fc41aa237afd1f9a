package tranche.core.rollout;

import tranche.core.release.Migration;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;

/// A migration of the plan's release, named by its version.
public record MigrationRef(SchemaVersion version, SchemaPhase phase, String description) {
  /// Names that migration.
  public static MigrationRef of(Migration migration) {
    return new MigrationRef(migration.version(), migration.phase(), migration.description());
  }
}
