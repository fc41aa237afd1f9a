package tranche.postgres.schema;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// What the driver is set up with.
///
/// @param backupFolder where backups are written; created when missing, readable by its owner only
/// @param locks how long a change waits for locks
/// @param statementLimit how long one statement of a migration, check or backfill may take
/// @param backupLimit how long one statement of a backup may take
/// @param backfill when a backfill that does not end is given up
public record SchemaSettings(
    Path backupFolder,
    LockPatience locks,
    Duration statementLimit,
    Duration backupLimit,
    BackfillLimits backfill) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a limit is not positive
  public SchemaSettings {
    Objects.requireNonNull(backupFolder);
    Objects.requireNonNull(locks);
    Objects.requireNonNull(backfill);
    if (!statementLimit.isPositive() || !backupLimit.isPositive()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /// The ordinary settings: 15 minutes for a statement, an hour for a statement of a backup.
  public static SchemaSettings in(Path backupFolder) {
    return new SchemaSettings(
        backupFolder,
        LockPatience.ORDINARY,
        Duration.ofMinutes(15),
        Duration.ofMinutes(60),
        BackfillLimits.ORDINARY);
  }

  /// These settings with other patience.
  public SchemaSettings with(LockPatience other) {
    return new SchemaSettings(backupFolder, other, statementLimit, backupLimit, backfill);
  }

  /// These settings with other limits of backfills.
  public SchemaSettings with(BackfillLimits other) {
    return new SchemaSettings(backupFolder, locks, statementLimit, backupLimit, other);
  }
}
