package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.release.Migration;
import tranche.core.release.SchemaVersion;
import tranche.engine.journal.Fence;
import tranche.engine.schema.ChangeContext;
import tranche.engine.schema.SchemaProblem.StaleWriter;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.SqlState;
import tranche.postgres.database.Unreachable;

/// The transaction in which a store is changed.
///
/// One round trip opens it, in this order, and the order is the argument:
///
/// 1. Timeouts and `search_path`, for this transaction only: the store's schema and nothing else.
///    `pg_catalog` comes first by itself, so no table of a store can pose as a built-in; `pg_temp`
///    is named last, because unnamed it would come first.
/// 2. The store's advisory lock: one changer at a time, until the transaction ends. Who reads the
///    history behind the lock knows that nobody is in the middle of a commit.
/// 3. The fencing number: a lower one than the store has seen gets no row back and is refused.
/// 4. The store's row, so that the state of a fleet is one select over `tranche.store`.
/// 5. The history, by a statement of its own, whose snapshot is taken when the lock is held.
///
/// `row_security = off` does not go past row-level security: it makes the server refuse a statement
/// whose rows would be filtered, instead of quietly leaving rows out.
/// `idle_in_transaction_session_timeout` frees the locks when this process is frozen.
final class StoreTransaction {
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

  private static final String BEGIN =
      """
      SELECT set_config('lock_timeout', ?, true),
             set_config('statement_timeout', ?, true),
             set_config('idle_in_transaction_session_timeout', ?, true),
             set_config('row_security', 'off', true),
             set_config('search_path', ?, true);
      SELECT pg_advisory_xact_lock(?);
      INSERT INTO tranche.fence AS f (target, epoch) VALUES (?, ?)
        ON CONFLICT (target) DO UPDATE SET epoch = excluded.epoch
        WHERE f.epoch <= excluded.epoch;
      INSERT INTO tranche.store (target) VALUES (?) ON CONFLICT DO NOTHING;
      SELECT key, checksum FROM tranche.history
        WHERE target = ? AND ended_at IS NULL AND kind <> 'repeatable';
      SELECT pg_current_xact_id()::text, EXISTS (
        SELECT FROM pg_namespace WHERE nspname = ?)
      """;

  /// The row appears only if the transaction is still the one that was opened. The script may have
  /// left a limit that is too short for it.
  private static final String RECORD =
      """
      SET LOCAL statement_timeout = '60s';
      INSERT INTO tranche.history (target, key, kind, description, script, checksum, phase,
        digest, applied_at, applied_by, person, duration_ms, run, fence, rows)
      SELECT ?, ?, 'versioned', ?, '', ?, ?, '', clock_timestamp(), session_user, '', ?, ?, ?, ?
      WHERE pg_current_xact_id()::text = ?;
      SELECT tranche.refresh(?, ?)
      """;

  private final Connection connection;
  private final StoreId store;
  private final String id;
  private final List<Applied> history;
  private final long startedNanos;

  private StoreTransaction(
      Connection connection, StoreId store, String id, List<Applied> history, long startedNanos) {
    this.connection = connection;
    this.store = store;
    this.id = id;
    this.history = history;
    this.startedNanos = startedNanos;
  }

  /// Opens the transaction.
  ///
  /// @throws tranche.core.problem.ProblemException [StaleWriter], or
  ///   [tranche.engine.schema.SchemaProblem.DatabaseUnreachable] if the store was never provisioned
  static StoreTransaction begin(
      Connection connection, StoreId store, Fence fence, Duration lockTimeout, Duration limit)
      throws SQLException {
    List<Duration> limits = List.of(lockTimeout, limit, IDLE_LIMIT);
    try {
      return open(connection, store, fence, limits);
    } catch (SQLException e) {
      if (SqlState.of(e) != SqlState.NO_TABLE) {
        throw e;
      }
      connection.rollback();
      connection.setAutoCommit(true);
      if (HistoryLayout.version(connection, store.database()) == 0) {
        throw notProvisioned(store);
      }
      boolean _ = HistoryLayout.prepare(connection, store.database());
      return open(connection, store, fence, limits);
    }
  }

  private static StoreTransaction open(
      Connection connection, StoreId store, Fence fence, List<Duration> limits)
      throws SQLException {
    long started = System.nanoTime();
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      bind(statement, store, fence, limits);
      statement.execute();
      skip(statement);
      skip(statement);
      boolean isStale = statement.getUpdateCount() == 0;
      skip(statement);
      skip(statement);
      List<Applied> history = history(statement.getResultSet());
      skip(statement);
      String id = idOf(statement.getResultSet(), store);
      if (isStale) {
        throw new StaleWriter(store, fence.epoch()).exception();
      }
      return new StoreTransaction(connection, store, id, history, started);
    }
  }

  private static void bind(
      PreparedStatement statement, StoreId store, Fence fence, List<Duration> limits)
      throws SQLException {
    int at = 0;
    for (Duration limit : limits) {
      statement.setString(++at, limit.toMillis() + "ms");
    }
    statement.setString(++at, searchPath(store.schema()));
    statement.setLong(++at, AdvisoryKey.of(store));
    statement.setString(++at, store.schema());
    statement.setLong(++at, fence.epoch());
    statement.setString(++at, store.schema());
    statement.setString(++at, store.schema());
    statement.setString(++at, store.schema());
  }

  /// The path on which unqualified names of a store are looked up.
  static String searchPath(String schema) {
    return Identifier.quote(schema) + ", pg_temp";
  }

  private static void skip(PreparedStatement statement) throws SQLException {
    boolean _ = statement.getMoreResults();
  }

  private static List<Applied> history(ResultSet rows) throws SQLException {
    List<Applied> history = new ArrayList<>();
    while (rows.next()) {
      history.add(new Applied(new SchemaVersion(rows.getString(1)), rows.getString(2)));
    }
    return history;
  }

  private static String idOf(ResultSet row, StoreId store) throws SQLException {
    row.next();
    if (!row.getBoolean(2)) {
      throw notProvisioned(store);
    }
    return row.getString(1);
  }

  private static RuntimeException notProvisioned(StoreId store) {
    return Unreachable.unfit(
        store.database(), "schema '" + store.schema() + "' has not been provisioned as a store");
  }

  /// What was applied to the store.
  List<Applied> history() {
    return history;
  }

  /// What was applied as that version, if it was.
  Optional<Applied> applied(SchemaVersion version) {
    return history.stream().filter(a -> a.version().equals(version)).findFirst();
  }

  /// The connection that the transaction is open on.
  Connection connection() {
    return connection;
  }

  /// How long the transaction has been open, in milliseconds.
  long millis() {
    return Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
  }

  /// Writes the migration into the history.
  ///
  /// @return false if the transaction is no longer the one that was opened; nothing was written
  ///   then
  boolean record(Migration migration, ChangeContext context, long rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
      int at = 0;
      statement.setString(++at, store.schema());
      statement.setString(++at, migration.version().canonical());
      statement.setString(++at, migration.description());
      statement.setString(++at, migration.checksum());
      statement.setString(++at, migration.phase().word());
      statement.setLong(++at, millis());
      statement.setString(++at, context.rollout().value());
      statement.setLong(++at, context.fence().epoch());
      statement.setLong(++at, rows);
      statement.setString(++at, id);
      statement.setString(++at, store.schema());
      statement.setString(++at, context.rollout().value());
      statement.execute();
      skip(statement);
      return statement.getUpdateCount() == 1;
    }
  }

  /// Commits.
  ///
  /// @throws CommitUnknown if the connection was lost meanwhile
  void commit() throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw SqlState.of(e) == SqlState.CONNECTION ? new CommitUnknown(e) : e;
    }
  }
}
