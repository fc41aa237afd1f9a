package tranche.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;

/// Something to do with a connection.
///
/// @param <T> what comes out
@FunctionalInterface
public interface SqlWork<T> {
  /// Does it. The connection is taken back afterwards, whatever state it is in.
  T run(Connection connection) throws SQLException;
}
