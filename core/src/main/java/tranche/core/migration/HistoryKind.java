package tranche.core.migration;

import java.util.Locale;

/// Where a store's history is kept.
public enum HistoryKind {
  /// In the schema `tranche` of its database, and nowhere else.
  TRANCHE,
  /// There, and in the store's `flyway_schema_history`, which is kept up to date.
  FLYWAY,
  /// There, and in the store's `schema_migrations` of golang-migrate's shape, kept up to date.
  GOLANG_MIGRATE,
  /// There, and in the store's `schema_migrations` of Rails' shape, kept up to date.
  RAILS,
  /// There; `DATABASECHANGELOG` was read once.
  LIQUIBASE,
  /// There; `alembic_version` was read once.
  ALEMBIC,
  /// There; `django_migrations` is only ever read.
  DJANGO;

  /// The word used in tables and output.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
