package tranche.postgres.adopt;

import java.util.List;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.SourceMigration;
import tranche.postgres.fanout.Literal;

/// Rows of `flyway_schema_history`, such that the application's own Flyway validates afterwards.
///
/// A migration that is taken back gets a row of type `DELETE`, as `flyway repair` writes for one
/// that is gone: the open edition of Flyway does not know its own type for undone migrations and
/// refuses a table in which it stands.
final class FlywayRecords implements Writers.Records {
  private static final int DESCRIPTION = 200;

  private final ForeignTables tables;

  FlywayRecords(ForeignTables tables) {
    this.tables = tables;
  }

  @Override
  public HistoryKind kind() {
    return HistoryKind.FLYWAY;
  }

  @Override
  public List<Long> locks(StoreId store) {
    return List.of(FlywayLock.of(store, tables));
  }

  @Override
  public List<String> applied(StoreId store, CompiledMigration migration) {
    return List.of(row(store, migration, "true"));
  }

  @Override
  public List<String> failed(StoreId store, CompiledMigration migration) {
    return List.of(row(store, migration, "false"));
  }

  private String row(StoreId store, CompiledMigration migration, String success) {
    SourceMigration source = migration.source();
    String type =
        switch (source.kind()) {
          case VERSIONED, REPEATABLE -> "SQL";
          case BASELINE -> "SQL_BASELINE";
        };
    String table = Marks.table(kind(), store.schema(), tables);
    return """
    WITH failed AS (DELETE FROM %1$s WHERE NOT success AND version IS NOT DISTINCT FROM %2$s
      AND script = %5$s)
    INSERT INTO %1$s (installed_rank, version, description, type, script, checksum,
      installed_by, execution_time, success)
    SELECT coalesce(max(installed_rank), 0) + 1, %2$s, %3$s, %4$s, %5$s, %6$d, session_user,
      (extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::int, %7$s
    FROM %1$s\
    """
        .formatted(
            table,
            version(source.key()).map(Literal::text).orElse("NULL"),
            Literal.text(cut(source.description())),
            Literal.text(type),
            Literal.text(source.up().name()),
            source.up().flywayChecksum(),
            success);
  }

  private static Optional<String> version(MigrationKey key) {
    return switch (key) {
      case MigrationKey.Version(var version) -> Optional.of(version.value());
      case MigrationKey.Repeatable _ -> Optional.empty();
    };
  }

  private static String cut(String description) {
    return description.length() <= DESCRIPTION
        ? description
        : "..." + description.substring(description.length() - DESCRIPTION + 3);
  }

  @Override
  public List<String> undone(StoreId store, MigrationKey migration) {
    return switch (migration) {
      case MigrationKey.Version(var version) -> List.of(deleted(store, version.canonical()));
      // Flyway runs a repeatable migration again when its checksum differs from the last row's.
      case MigrationKey.Repeatable _ -> List.of();
    };
  }

  /// Versions are compared part by part: `1.0` and `01` are `1`.
  private String deleted(StoreId store, String version) {
    String table = Marks.table(kind(), store.schema(), tables);
    return """
    INSERT INTO %1$s (installed_rank, version, description, type, script, checksum,
      installed_by, execution_time, success)
    SELECT (SELECT max(installed_rank) + 1 FROM %1$s), version, description, 'DELETE', script,
      NULL, session_user, 0, true
    FROM %1$s
    WHERE version IS NOT NULL AND regexp_replace(regexp_replace(version, '(^|\\.)0+(?=[0-9])',
      '\\1', 'g'), '(\\.0)+$', '') = %2$s
    ORDER BY installed_rank DESC LIMIT 1\
    """
        .formatted(table, Literal.text(version));
  }
}
