package tranche.postgres.selection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tranche.core.problem.ProblemException;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.Login;
import tranche.postgres.database.SqlState;

/// Lists names. Each call opens one connection and closes it.
public final class TargetFinder {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /// PostgreSQL's own schemas and the one with the histories are nobody's store.
  private static final String SCHEMAS =
      """
      SELECT nspname FROM pg_catalog.pg_namespace
      WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'tranche')
      ORDER BY nspname COLLATE "C"
      """;

  private static final String DATABASES =
      """
      SELECT datname FROM pg_catalog.pg_database
      WHERE datallowconn AND NOT datistemplate
      ORDER BY datname COLLATE "C"
      """;

  private TargetFinder() {}

  /// The schemas of a database that can be stores, sorted.
  ///
  /// @throws ProblemException [TargetUnreachable]
  public static List<String> schemas(DatabaseAddress address, Login login) {
    return names(address, login, SCHEMAS);
  }

  /// The databases of a server that can be connected to and are no templates, sorted. Asked through
  /// the one that is given.
  ///
  /// @throws ProblemException [TargetUnreachable]
  public static List<String> databases(DatabaseAddress address, Login login) {
    return names(address, login, DATABASES);
  }

  private static List<String> names(DatabaseAddress address, Login login, String sql) {
    try (Connection connection = Connector.open(address, login, SILENCE);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return List.copyOf(names);
    } catch (SQLException e) {
      throw new ProblemException(
          new TargetUnreachable(address.toString(), login.user(), SqlState.message(e)), e);
    }
  }
}
