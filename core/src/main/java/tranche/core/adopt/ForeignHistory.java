package tranche.core.adopt;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.core.migration.HistoryKind;

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
