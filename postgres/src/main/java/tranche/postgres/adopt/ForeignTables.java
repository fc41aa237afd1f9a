package tranche.postgres.adopt;

import java.util.Objects;

/// The names of the tables that other tools keep their histories in; some tools let them be chosen.
///
/// @param flyway `flyway_schema_history` unless the application's Flyway is configured otherwise
public record ForeignTables(String flyway) {
  /// The names that the tools use by themselves.
  public static final ForeignTables ORDINARY = new ForeignTables("flyway_schema_history");

  static final String SCHEMA_MIGRATIONS = "schema_migrations";
  static final String CHANGELOG = "databasechangelog";
  static final String CHANGELOG_LOCK = "databasechangeloglock";
  static final String ALEMBIC = "alembic_version";
  static final String DJANGO = "django_migrations";

  public ForeignTables {
    Objects.requireNonNull(flyway);
  }
}
