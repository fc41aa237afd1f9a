package tranche.bench.contest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import tranche.postgres.embedded.ServerAddress;

/// Stores that one contestant works on: schemas of one database that nobody else uses.
///
/// @param server where the database is
/// @param database its name
/// @param schemas the stores, in the order in which they were created
/// @param migrations what is to be applied
public record Fleet(
    ServerAddress server, String database, List<String> schemas, Migrations migrations) {
  /// Copies the list.
  public Fleet {
    schemas = List.copyOf(schemas);
  }

  /// Opens a connection of its own.
  ///
  /// @param options settings of the driver, each `name=value`
  /// @throws SQLException when the server refuses it
  public Connection connect(String... options) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password().reveal());
    for (String option : options) {
      int equals = option.indexOf('=');
      properties.setProperty(option.substring(0, equals), option.substring(equals + 1));
    }
    return DriverManager.getConnection(server.jdbcUrl(database), properties);
  }

  /// Opens a pool that keeps up to that many connections open.
  public HikariDataSource pool(int size) {
    var config = new HikariConfig();
    config.setJdbcUrl(server.jdbcUrl(database));
    config.setUsername(server.user());
    config.setPassword(server.password().reveal());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }
}
