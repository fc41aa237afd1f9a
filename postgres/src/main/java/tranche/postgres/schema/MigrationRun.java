package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.core.release.Migration;
import tranche.core.release.SchemaVersion;
import tranche.engine.schema.ChangeContext;
import tranche.engine.schema.SchemaProblem.HistoryDiffers;
import tranche.engine.schema.SchemaProblem.MigrationFailed;
import tranche.postgres.database.Databases;
import tranche.postgres.database.SqlState;

/// Runs a migration of phase expand or contract: its statements and its row in the history, in one
/// transaction.
final class MigrationRun {
  /// The driver does not see where a BEGIN ATOMIC body ends and sends what follows with it; the
  /// server then refuses all of it.
  private static final String NOT_CUT = "cannot insert multiple commands";

  private final Databases databases;
  private final SchemaSettings settings;
  private final LockRetry retry;

  MigrationRun(Databases databases, SchemaSettings settings, LockRetry retry) {
    this.databases = databases;
    this.settings = settings;
    this.retry = retry;
  }

  String run(StoreId store, Migration migration, ChangeContext context) {
    try {
      Script script = checked(store, migration);
      return retry.run(
          store,
          name(migration),
          connection ->
              SessionReset.after(connection, c -> attempt(c, script, store, migration, context)));
    } catch (SQLException e) {
      RuntimeException failure = failure(store, migration, e);
      if (LockRetry.lost(store, e).isEmpty()) {
        raiseFence(store, context, failure);
      }
      throw failure;
    }
  }

  /// How a migration is called in sentences.
  static String name(Migration migration) {
    return "V" + migration.version();
  }

  static Script checked(StoreId store, Migration migration) throws SQLException {
    Script script = Script.of(migration.sql());
    Optional<String> control = script.transactionControl();
    if (control.isPresent()) {
      throw failed(
          store,
          migration,
          "it contains '"
              + control.get()
              + "', but runs inside a transaction of its own that makes it all or nothing");
    }
    return script;
  }

  private String attempt(
      Connection connection,
      Script script,
      StoreId store,
      Migration migration,
      ChangeContext context)
      throws SQLException {
    var transaction = begin(connection, store, context, settings);
    if (isDone(transaction, store, migration)) {
      return name(migration) + " was applied before";
    }
    requireLatest(transaction, store, migration);
    if (script.size() > 0) {
      execute(connection, script);
    }
    finish(transaction, store, migration, context, 0);
    return name(migration) + " applied in " + transaction.millis() + " ms";
  }

  static StoreTransaction begin(
      Connection connection, StoreId store, ChangeContext context, SchemaSettings settings)
      throws SQLException {
    return StoreTransaction.begin(
        connection, store, context.fence(), settings.locks().timeout(), settings.statementLimit());
  }

  /// Whether the history has the migration. The raised fencing number is kept.
  static boolean isDone(StoreTransaction transaction, StoreId store, Migration migration)
      throws SQLException {
    Optional<Applied> applied = transaction.applied(migration.version());
    if (applied.isEmpty()) {
      return false;
    }
    if (isComparable(applied.get()) && !applied.get().checksum().equals(migration.checksum())) {
      throw new HistoryDiffers(
              store,
              name(migration),
              brief(applied.get().checksum())
                  + " was applied, the release has "
                  + brief(migration.checksum()))
          .exception();
    }
    transaction.commit();
    return true;
  }

  /// A history that was taken over from another tool has that tool's checksum, or none.
  private static boolean isComparable(Applied applied) {
    return !applied.checksum().equals("adopted") && !applied.checksum().startsWith("flyway:");
  }

  private static String brief(String checksum) {
    return checksum.substring(0, Math.min(12, checksum.length()));
  }

  static void requireLatest(StoreTransaction transaction, StoreId store, Migration migration) {
    Optional<SchemaVersion> latest =
        transaction.history().stream().map(Applied::version).max(Comparator.naturalOrder());
    if (latest.isPresent() && latest.get().isAfter(migration.version())) {
      throw failed(
          store,
          migration,
          "the store is at version "
              + latest.get()
              + " already; a migration never runs after a later one");
    }
  }

  private static void execute(Connection connection, Script script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(script.sql());
    }
  }

  static void finish(
      StoreTransaction transaction,
      StoreId store,
      Migration migration,
      ChangeContext context,
      long rows)
      throws SQLException {
    if (!transaction.record(migration, context, rows)) {
      throw failed(store, migration, "it ended the transaction that it ran in");
    }
    transaction.commit();
  }

  static ProblemException failed(StoreId store, Migration migration, String message) {
    return new MigrationFailed(store, name(migration), message).exception();
  }

  /// The problem for an error of a migration.
  static RuntimeException failure(StoreId store, Migration migration, SQLException error) {
    return LockRetry.lost(store, error)
        .orElseGet(() ->
            new ProblemException(
                new MigrationFailed(store, name(migration), message(error)), error));
  }

  private static String message(SQLException error) {
    String said = SqlState.message(error) + place(error);
    if (said.startsWith(NOT_CUT)) {
      return said + "; a function with a BEGIN ATOMIC body must be the last statement of a file";
    }
    return switch (SqlState.of(error)) {
      case NOT_IN_TRANSACTION -> said + "; every migration runs inside a transaction";
      case STATEMENT_TIMEOUT -> said + "; the statement took longer than is allowed";
      case CONNECTION, REFUSED, LOCK, NO_TABLE, CATALOG_RACE, NO_DATABASE, STATEMENT -> said;
    };
  }

  /// Which object the server complains about; it names none in most messages about data.
  private static String place(SQLException error) {
    if (!(error instanceof PSQLException server) || server.getServerErrorMessage() == null) {
      return "";
    }
    var details = server.getServerErrorMessage();
    return (details.getTable() == null ? "" : ", table " + details.getTable())
        + (details.getConstraint() == null ? "" : ", constraint " + details.getConstraint());
  }

  /// A failed transaction takes its fencing number back with it. It is raised once more, so that a
  /// process that was replaced stays locked out of this store also after a failure.
  private void raiseFence(StoreId store, ChangeContext context, RuntimeException failure) {
    try {
      databases.with(
          store.database(),
          connection -> {
            var transaction = begin(connection, store, context, settings);
            transaction.commit();
            return true;
          });
    } catch (SQLException | ProblemException e) {
      failure.addSuppressed(e);
    }
  }
}
