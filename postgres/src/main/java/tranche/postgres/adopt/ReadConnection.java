package tranche.postgres.adopt;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import tranche.postgres.database.Connector;
import tranche.postgres.database.DatabaseAccess;

/// Opens connections that can only read.
final class ReadConnection {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private ReadConnection() {}

  static Connection open(DatabaseAccess access) throws SQLException {
    Connection connection = Connector.open(access.address(), access.admin(), SILENCE);
    try {
      connection.setReadOnly(true);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
