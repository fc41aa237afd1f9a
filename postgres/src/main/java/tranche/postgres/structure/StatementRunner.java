package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tranche.postgres.database.Identifier;

/// Runs the statements of a migration in a schema, as they would be run on a store.
@FunctionalInterface
public interface StatementRunner {
  /// Runs them in order; unqualified names mean the schema. A transaction is open if the step is
  /// transactional, and is neither committed nor rolled back here.
  ///
  /// @throws SQLException as a statement fails
  void run(Connection connection, String schema, List<String> statements) throws SQLException;

  /// Sends each text as it is, with the schema first in the search path and then these.
  static StatementRunner plain(String... further) {
    return (connection, schema, statements) -> {
      String path =
          Stream.concat(Stream.of(schema), Stream.of(further))
              .map(Identifier::quote)
              .collect(Collectors.joining(", "));
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET search_path TO " + path);
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    };
  }
}
