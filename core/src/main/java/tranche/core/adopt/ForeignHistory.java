package tranche.core.adopt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.StorePlaceholder;

/// What another tool's history table says about one store, row by row.
public sealed interface ForeignHistory {
  /// Which tool.
  HistoryKind kind();

  /// Flyway's `flyway_schema_history`, in the order of `installed_rank`.
  record Flyway(List<FlywayRow> rows) implements ForeignHistory {
    public Flyway {
      rows = List.copyOf(rows);
    }

    @Override
    public HistoryKind kind() {
      return HistoryKind.FLYWAY;
    }

    /// The same history in terms that all stores share: a repeatable migration that was run with
    /// the values of this store has the folder's number instead of the store's own.
    public Flyway withoutValues(MigrationSet folder, Map<StorePlaceholder, String> values) {
      Map<String, SqlScript> differing = new HashMap<>();
      for (SourceMigration migration : folder.migrations()) {
        if (migration.key() instanceof MigrationKey.Repeatable(String description)
            && !migration.in(values).equals(migration)) {
          differing.put(description, migration.up());
        }
      }
      return differing.isEmpty()
          ? this
          : new Flyway(rows.stream().map(row -> row.withoutValues(differing, values)).toList());
    }
  }

  /// One row of Flyway's table.
  ///
  /// @param version absent for repeatable migrations and for the creation of the schema
  /// @param type `SQL`, `BASELINE`, `JDBC`, ...; editions of Flyway know more than are named here
  record FlywayRow(
      int rank,
      Optional<String> version,
      String description,
      String type,
      Optional<Integer> checksum,
      boolean isSuccess) {
    public FlywayRow {
      Objects.requireNonNull(version);
      Objects.requireNonNull(description);
      Objects.requireNonNull(type);
      Objects.requireNonNull(checksum);
    }

    private FlywayRow withoutValues(
        Map<String, SqlScript> differing, Map<StorePlaceholder, String> values) {
      return Optional.ofNullable(version.isPresent() ? null : differing.get(description))
          .filter(script -> checksum.equals(Optional.of(script.in(values).flywayChecksum())))
          .map(script -> withChecksum(script.flywayChecksum()))
          .orElse(this);
    }

    private FlywayRow withChecksum(int other) {
      return new FlywayRow(rank, version, description, type, Optional.of(other), isSuccess);
    }
  }

  /// golang-migrate's `schema_migrations`: the version of the last migration, and whether it
  /// failed.
  ///
  /// @param version absent if the table is empty: nothing was run
  record GolangMigrate(Optional<String> version, boolean isDirty) implements ForeignHistory {
    public GolangMigrate {
      Objects.requireNonNull(version);
    }

    @Override
    public HistoryKind kind() {
      return HistoryKind.GOLANG_MIGRATE;
    }
  }

  /// Rails' `schema_migrations`: every version that was run.
  record Rails(List<String> versions) implements ForeignHistory {
    public Rails {
      versions = List.copyOf(versions);
    }

    @Override
    public HistoryKind kind() {
      return HistoryKind.RAILS;
    }
  }

  /// Liquibase's `DATABASECHANGELOG`, in the order of execution.
  ///
  /// @param isLocked whether `DATABASECHANGELOGLOCK` says that somebody is at it
  record Liquibase(List<ChangeSet> changeSets, boolean isLocked) implements ForeignHistory {
    public Liquibase {
      changeSets = List.copyOf(changeSets);
    }

    @Override
    public HistoryKind kind() {
      return HistoryKind.LIQUIBASE;
    }
  }

  /// One row of Liquibase's table; the first three together identify it.
  ///
  /// @param execType `EXECUTED`, `FAILED`, `SKIPPED`, `RERAN` or `MARK_RAN`
  record ChangeSet(String id, String author, String file, String execType) {
    public ChangeSet {
      Objects.requireNonNull(id);
      Objects.requireNonNull(author);
      Objects.requireNonNull(file);
      Objects.requireNonNull(execType);
    }

    /// As Liquibase writes it in messages.
    @Override
    public String toString() {
      return file + "::" + id + "::" + author;
    }
  }

  /// Alembic's `alembic_version`: the revisions that the store is at; several after a branch.
  record Alembic(List<String> revisions) implements ForeignHistory {
    public Alembic {
      revisions = List.copyOf(revisions);
    }

    @Override
    public HistoryKind kind() {
      return HistoryKind.ALEMBIC;
    }
  }

  /// Django's `django_migrations`, in the order of `id`, each as `app.name`.
  record Django(List<String> migrations) implements ForeignHistory {
    public Django {
      migrations = List.copyOf(migrations);
    }

    @Override
    public HistoryKind kind() {
      return HistoryKind.DJANGO;
    }
  }
}
