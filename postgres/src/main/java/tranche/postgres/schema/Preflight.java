package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.core.release.PreflightCheck;
import tranche.core.release.Release;
import tranche.engine.schema.SchemaProblem.PreflightFailed;
import tranche.postgres.database.Databases;
import tranche.postgres.database.SqlState;

/// Runs the checks of a release in a read-only transaction.
final class Preflight {
  private static final int ROWS = 5;
  private static final int VALUE_LIMIT = 200;

  private static final String BEGIN =
      """
      SELECT set_config('lock_timeout', ?, true),
             set_config('statement_timeout', ?, true),
             set_config('row_security', 'off', true),
             set_config('search_path', ?, true),
             EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                     WHERE n.nspname = ? AND c.relkind IN ('r', 'p'))
      """;

  private final Databases databases;
  private final SchemaSettings settings;

  Preflight(Databases databases, SchemaSettings settings) {
    this.databases = databases;
    this.settings = settings;
  }

  void run(StoreId store, Release release) {
    for (PreflightCheck check : release.schema().preflight()) {
      Optional<String> finding = finding(store, check);
      if (finding.isPresent()) {
        throw new PreflightFailed(store, check.name(), finding.get()).exception();
      }
    }
  }

  private Optional<String> finding(StoreId store, PreflightCheck check) {
    try {
      Script script = Script.of(check.sql());
      if (script.size() != 1 || script.transactionControl().isPresent()) {
        return Optional.of("the check must be one query");
      }
      return databases.with(
          store.database(),
          connection -> SessionReset.after(connection, c -> run(c, store, check)));
    } catch (SQLException e) {
      throw LockRetry.lost(store, e).orElseGet(() -> notRun(store, check, e));
    }
  }

  private static ProblemException notRun(StoreId store, PreflightCheck check, SQLException error) {
    String finding = "the check could not be run: " + SqlState.message(error);
    return new ProblemException(new PreflightFailed(store, check.name(), finding), error);
  }

  private Optional<String> run(Connection connection, StoreId store, PreflightCheck check)
      throws SQLException {
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try {
      // A store without a table holds no data that a migration could break.
      List<String> rows = hasTables(connection, store) ? rows(connection, check) : List.of();
      connection.rollback();
      return rows.isEmpty() ? Optional.empty() : Optional.of(text(rows));
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setReadOnly(false);
    }
  }

  private boolean hasTables(Connection connection, StoreId store) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, settings.locks().timeout().toMillis() + "ms");
      statement.setString(2, settings.statementLimit().toMillis() + "ms");
      statement.setString(3, StoreTransaction.searchPath(store.schema()));
      statement.setString(4, store.schema());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(5);
      }
    }
  }

  private static List<String> rows(Connection connection, PreflightCheck check)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setMaxRows(ROWS + 1);
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(check.sql())) {
        while (rows.next()) {
          found.add(row(rows));
        }
      }
      return found;
    }
  }

  private static String row(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<String> values = new ArrayList<>();
    for (int at = 1; at <= columns; at++) {
      String value = String.valueOf(rows.getString(at)).replaceAll("\\s+", " ");
      String shown =
          value.length() <= VALUE_LIMIT ? value : value.substring(0, VALUE_LIMIT) + "...";
      values.add(columns == 1 ? shown : rows.getMetaData().getColumnLabel(at) + "=" + shown);
    }
    return String.join(", ", values);
  }

  private static String text(List<String> rows) {
    String shown = String.join("; ", rows.subList(0, Math.min(ROWS, rows.size())));
    return rows.size() > ROWS ? shown + "; and more" : shown;
  }
}
