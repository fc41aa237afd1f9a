package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tranche.core.fleet.StoreId;
import tranche.core.release.Migration;
import tranche.engine.schema.ChangeContext;
import tranche.postgres.database.SqlWork;
import tranche.postgres.database.Unreachable;

/// Runs a backfill: one statement that changes a bounded number of rows, again and again, each time
/// in a transaction of its own, until it changes none. So no lock is held for long, and an
/// interruption loses one chunk at most.
///
/// The history row is written in the transaction in which the statement changed nothing: then no
/// row that was committed before that statement is left over. Rows that are written later are
/// filled by what the expand phase has put there (a trigger, a default, the new release); see
/// `docs/explanation/schema-changes.md`.
final class BackfillRun {
  /// A heap page of 8 kB has room for no more rows than this.
  private static final String MOST_ROWS =
      """
      SELECT coalesce(sum(pg_relation_size(c.oid)), 0) / 8192 * 291
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind = 'r'
      """;

  private final SchemaSettings settings;
  private final LockRetry retry;

  BackfillRun(SchemaSettings settings, LockRetry retry) {
    this.settings = settings;
    this.retry = retry;
  }

  /// What a backfill has come to.
  private static final class Progress {
    long chunks;
    long rows;
    boolean isRecorded;
  }

  /// A chunk: its statement's row count, 0 meaning that the backfill is through.
  @FunctionalInterface
  private interface Chunk {
    long run(Connection connection, Progress progress) throws SQLException;
  }

  /// Runs the backfill and records it.
  String run(StoreId store, Migration migration, ChangeContext context) {
    Progress progress =
        repeat(store, migration, (c, p) -> recording(c, p, store, migration, context));
    String name = MigrationRun.name(migration);
    return progress.isRecorded
        ? name + " was applied before"
        : name + " changed " + progress.rows + " rows in " + progress.chunks + " chunks";
  }

  /// Runs the backfill without touching the history.
  long finish(StoreId store, Migration migration, ChangeContext context) {
    return repeat(store, migration, (c, _) -> unrecorded(c, store, migration, context)).rows;
  }

  private long recording(
      Connection connection,
      Progress progress,
      StoreId store,
      Migration migration,
      ChangeContext context)
      throws SQLException {
    var transaction = MigrationRun.begin(connection, store, context, settings);
    if (MigrationRun.isDone(transaction, store, migration)) {
      progress.isRecorded = progress.chunks == 0;
      return 0;
    }
    MigrationRun.requireLatest(transaction, store, migration);
    long changed = execute(connection, store, migration);
    if (changed == 0) {
      MigrationRun.finish(transaction, store, migration, context, progress.rows);
    } else {
      transaction.commit();
    }
    return changed;
  }

  private long unrecorded(
      Connection connection, StoreId store, Migration migration, ChangeContext context)
      throws SQLException {
    var transaction = MigrationRun.begin(connection, store, context, settings);
    long changed = execute(connection, store, migration);
    transaction.commit();
    return changed;
  }

  private Progress repeat(StoreId store, Migration migration, Chunk chunk) {
    var progress = new Progress();
    try {
      requireOneStatement(store, migration);
      long most = retry.run(store, MigrationRun.name(migration), c -> mostRows(c, store));
      long changed;
      do {
        requireProgress(store, migration, progress, most);
        changed = inReset(store, migration, c -> chunk.run(c, progress));
        progress.rows += changed;
        progress.chunks += changed == 0 ? 0 : 1;
      } while (changed > 0);
      return progress;
    } catch (SQLException e) {
      throw MigrationRun.failure(store, migration, e);
    }
  }

  private long inReset(StoreId store, Migration migration, SqlWork<Long> chunk)
      throws SQLException {
    return retry.run(store, MigrationRun.name(migration), c -> SessionReset.after(c, chunk));
  }

  private void requireOneStatement(StoreId store, Migration migration) throws SQLException {
    int size = MigrationRun.checked(store, migration).size();
    if (size != 1) {
      throw MigrationRun.failed(
          store, migration, "a backfill is one statement, this file has " + size);
    }
  }

  private void requireProgress(
      StoreId store, Migration migration, Progress progress, long mostRows) {
    if (Thread.currentThread().isInterrupted()) {
      throw Unreachable.interrupted(
          store.database(), "filling " + store + ", after " + progress.rows + " rows");
    }
    boolean isEndless = progress.rows > 2 * mostRows + settings.backfill().surplusRows();
    if (isEndless || progress.chunks >= settings.backfill().chunks()) {
      throw MigrationRun.failed(
          store,
          migration,
          "it has changed %d rows in %d chunks, more than the store can hold; its WHERE clause must"
                  .formatted(progress.rows, progress.chunks)
              + " leave out what it has changed");
    }
  }

  private static long mostRows(Connection connection, StoreId store) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOST_ROWS)) {
      statement.setString(1, store.schema());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static long execute(Connection connection, StoreId store, Migration migration)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (statement.execute(migration.sql())) {
        throw MigrationRun.failed(
            store, migration, "a backfill must change rows and say how many, not return rows");
      }
      return statement.getLargeUpdateCount();
    }
  }
}
