package tranche.config.migration;

import java.util.Optional;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.TransactionMode;
import tranche.core.release.SchemaPhase;

/// A script with everything that is said about it.
///
/// @param phase from its header or its folders
record ReadScript(
    FolderFile file,
    SqlScript script,
    Header header,
    Optional<SchemaPhase> phase,
    TransactionMode transaction) {
  /// The migration that it is.
  SourceMigration migration(
      MigrationKind kind, MigrationKey key, String description, Optional<SqlScript> down) {
    return new SourceMigration(
        kind,
        key,
        description,
        script,
        down,
        phase,
        header.batch(),
        transaction,
        header.requires(),
        header.allowed());
  }
}
