package tranche.core.migration;

/// When a callback script runs, by Flyway's names.
public enum CallbackEvent {
  /// Before the first migration of a store, also when there is none to run.
  BEFORE_MIGRATE("beforeMigrate"),
  /// Before each migration, in its transaction.
  BEFORE_EACH_MIGRATE("beforeEachMigrate"),
  /// After each migration, in its transaction.
  AFTER_EACH_MIGRATE("afterEachMigrate"),
  /// After a migration failed.
  AFTER_EACH_MIGRATE_ERROR("afterEachMigrateError"),
  /// After all migrations of a store, also when there was none to run.
  AFTER_MIGRATE("afterMigrate"),
  /// After all migrations of a store, only if one ran.
  AFTER_MIGRATE_APPLIED("afterMigrateApplied"),
  /// After a store failed.
  AFTER_MIGRATE_ERROR("afterMigrateError");

  private final String flywayName;

  CallbackEvent(String flywayName) {
    this.flywayName = flywayName;
  }

  /// The beginning of the script's file name.
  public String flywayName() {
    return flywayName;
  }
}
