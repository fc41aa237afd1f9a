package tranche.postgres.fleet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tranche.core.fleet.DatabaseId;
import tranche.postgres.database.Databases;

/// Runs a query that lists tenants: in a read-only transaction, for half a minute and 100,000 rows
/// at most.
public final class TenantQuery {
  private static final int SECONDS_MAX = 30;
  private static final int ROWS_MAX = 100_000;

  private TenantQuery() {}

  /// The rows, each from column label to text; NULL is the empty text.
  ///
  /// @throws tranche.core.problem.ProblemException [TenantQueryProblem.Failed] if the query fails
  ///   or has too many rows, [tranche.engine.schema.SchemaProblem.DatabaseUnreachable] if the
  ///   database does not answer
  public static List<Map<String, String>> rows(
      Databases databases, DatabaseId database, String query) {
    try {
      return databases.with(database, connection -> read(connection, query));
    } catch (SQLException e) {
      throw new TenantQueryProblem.Failed(
              database, Objects.requireNonNullElse(e.getMessage(), "no message"))
          .exception();
    }
  }

  private static List<Map<String, String>> read(Connection connection, String query)
      throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS_MAX);
      statement.setMaxRows(ROWS_MAX + 1);
      try (ResultSet result = statement.executeQuery(query)) {
        List<Map<String, String>> rows = rows(result);
        if (rows.size() > ROWS_MAX) {
          throw new SQLException("more than " + ROWS_MAX + " rows");
        }
        return rows;
      }
    } finally {
      connection.rollback();
      connection.setReadOnly(false);
      connection.setAutoCommit(true);
    }
  }

  private static List<Map<String, String>> rows(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    List<Map<String, String>> rows = new ArrayList<>();
    while (result.next()) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        row.put(columns.getColumnLabel(i), Objects.requireNonNullElse(result.getString(i), ""));
      }
      rows.add(row);
    }
    return rows;
  }
}
