package tranche.postgres.adopt;

import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.postgres.database.Identifier;
import tranche.postgres.fanout.Literal;

/// SQL for a short text that changes whenever another tool writes into its history table. It is
/// kept in `tranche.store`, so that a change behind our back is seen by comparing two texts.
final class Marks {
  private Marks() {}

  /// Whether that tool goes on using its table after the store was adopted.
  static boolean isKept(HistoryKind kind) {
    return switch (kind) {
      case FLYWAY, GOLANG_MIGRATE, RAILS -> true;
      case TRANCHE, LIQUIBASE, ALEMBIC, DJANGO -> false;
    };
  }

  /// The name of the tool's table in that store, quoted.
  static String table(HistoryKind kind, String schema, ForeignTables tables) {
    String name =
        switch (kind) {
          case FLYWAY -> tables.flyway();
          case GOLANG_MIGRATE, RAILS -> ForeignTables.SCHEMA_MIGRATIONS;
          case TRANCHE, LIQUIBASE, ALEMBIC, DJANGO ->
              throw new IllegalArgumentException(kind + " is not kept up to date");
        };
    return Identifier.quote(schema) + "." + Identifier.quote(name);
  }

  /// A scalar subquery that gives the mark.
  static String query(HistoryKind kind, String schema, ForeignTables tables) {
    String value =
        switch (kind) {
          case FLYWAY -> "count(*) || ':' || coalesce(max(installed_rank), -1)";
          case GOLANG_MIGRATE ->
              "coalesce(string_agg(version || ':' || dirty, ',' ORDER BY version), '')";
          case RAILS -> "count(*) || ':' || coalesce(max(version::text), '')";
          case TRANCHE, LIQUIBASE, ALEMBIC, DJANGO ->
              throw new IllegalArgumentException(kind + " is not kept up to date");
        };
    return "(SELECT " + value + " FROM " + table(kind, schema, tables) + ")";
  }

  /// A statement that keeps the mark of a store.
  static String keep(HistoryKind kind, StoreId store, ForeignTables tables) {
    return "UPDATE tranche.store SET foreign_mark = "
        + query(kind, store.schema(), tables)
        + " WHERE target = "
        + Literal.text(store.schema());
  }

  /// A statement that refuses a store whose table is not as it was left.
  static String require(HistoryKind kind, StoreId store, ForeignTables tables) {
    return "SELECT tranche.require_unmoved("
        + query(kind, store.schema(), tables)
        + " IS NOT DISTINCT FROM (SELECT s.foreign_mark FROM tranche.store s WHERE s.target = "
        + Literal.text(store.schema())
        + "))";
  }
}
