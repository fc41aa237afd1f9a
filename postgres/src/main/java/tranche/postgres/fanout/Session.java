package tranche.postgres.fanout;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAccess;

/// One connection that sends texts of many statements in one message and counts how many of them
/// were done. JDBC's own interfaces throw that number away, and without it nobody knows which
/// statement of a script failed when the server names no position.
final class Session implements AutoCloseable {
  private static final int FLAGS =
      QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE;

  private final BaseConnection connection;
  private final String firstName;
  private String name;

  private Session(BaseConnection connection, String name) {
    this.connection = connection;
    this.firstName = name;
    this.name = name;
  }

  /// Opens one.
  ///
  /// @param silence how long the server may be silent
  /// @param name how it is called in `pg_stat_activity`
  static Session open(DatabaseAccess access, Duration silence, String name) throws SQLException {
    Connection plain = Connector.openPlain(access.address(), access.admin(), silence, name);
    try {
      return new Session(plain.unwrap(BaseConnection.class), name);
    } catch (SQLException e) {
      plain.close();
      throw e;
    }
  }

  /// Makes a session that served somebody else one's own.
  ///
  /// @param newSilence how long the server may be silent
  /// @param newName how it is called in `pg_stat_activity` from now on
  /// @throws SQLException if the connection is broken
  void serve(Duration newSilence, String newName) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(newSilence.toMillis()));
    name = newName;
    List<Row> _ = rows(rename());
  }

  /// Statements that take back whatever a script may have set for the whole session.
  List<String> reset() {
    return name.equals(firstName) ? List.of("RESET ALL") : List.of("RESET ALL", rename());
  }

  private String rename() {
    return "SET application_name=" + Literal.text(name);
  }

  /// Sends one message of any number of statements.
  Answer send(String text) {
    var results = new Results(false);
    try {
      execute(text, results);
      return new Answer.Done(results.value());
    } catch (SQLException e) {
      return new Answer.Refused(e, results.completed);
    }
  }

  /// Sends data for a `COPY ... FROM stdin`.
  Answer copyIn(String sql, String data) {
    try {
      new CopyManager(connection).copyIn(sql, new StringReader(data));
      return new Answer.Done(null);
    } catch (SQLException e) {
      return new Answer.Refused(e, 0);
    } catch (IOException e) {
      return new Answer.Refused(new SQLException(e.getMessage(), "08006", e), 0);
    }
  }

  /// Sends one message and returns the rows of its last result.
  List<Row> rows(String text) throws SQLException {
    var results = new Results(true);
    execute(text, results);
    return results.rows;
  }

  private void execute(String text, Results results) throws SQLException {
    Query query = connection.createQuery(text, false, false).query;
    connection.getQueryExecutor().execute(query, null, results, 0, 0, FLAGS);
  }

  /// The connection, for what JDBC does well enough.
  Connection jdbc() {
    return connection;
  }

  /// Ends a transaction that failed, so that the next message begins anew.
  void rollBack() {
    if (isOpen() && connection.getTransactionState() != TransactionState.IDLE) {
      Answer answer = send("ROLLBACK");
      if (answer instanceof Answer.Refused) {
        close();
      }
    }
  }

  /// Makes it as if it had just been opened under its present name: no transaction, lock, setting
  /// or temporary table is left.
  ///
  /// @return whether it is; if not, it is of no use any more
  boolean isAsNew() {
    return isOpen()
        && connection.getTransactionState() == TransactionState.IDLE
        && send("DISCARD ALL") instanceof Answer.Done
        && (name.equals(firstName) || send(rename()) instanceof Answer.Done);
  }

  /// Whether it can be used.
  boolean isOpen() {
    return !connection.getQueryExecutor().isClosed();
  }

  /// Asks the server to end the statement that is running.
  void cancel() throws SQLException {
    connection.cancelQuery();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It cannot be closed in order, so it is cut.
      connection.getQueryExecutor().abort();
    }
  }

  /// A row as texts.
  record Row(List<@Nullable String> values) {
    Row {
      values = new ArrayList<>(values);
    }

    /// A column that is never null.
    String text(int column) {
      return Objects.requireNonNull(values.get(column));
    }

    /// A column that may be null.
    @Nullable String textOrNull(int column) {
      return values.get(column);
    }

    /// A number.
    long number(int column) {
      return Long.parseLong(text(column));
    }

    /// A truth value.
    boolean isTrue(int column) {
      return text(column).equals("t");
    }
  }

  private static final class Results extends ResultHandlerBase {
    private final boolean keepsRows;
    private int completed;
    private List<Row> rows = List.of();
    private @Nullable Tuple last;

    Results(boolean keepsRows) {
      this.keepsRows = keepsRows;
    }

    @Override
    public void handleResultRows(
        Query query, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
      completed++;
      last = tuples.isEmpty() ? last : tuples.getLast();
      if (keepsRows) {
        rows = tuples.stream().map(Results::row).toList();
      }
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
      completed++;
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      // Notices of a script are not kept: there can be any number of them.
    }

    @Nullable String value() {
      return last == null ? null : text(last.get(0));
    }

    private static Row row(Tuple tuple) {
      String[] values = new String[tuple.fieldCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = text(tuple.get(i));
      }
      return new Row(Arrays.asList(values));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
