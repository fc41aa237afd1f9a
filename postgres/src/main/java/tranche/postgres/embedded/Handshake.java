package tranche.postgres.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/// One real attempt to use a server: connect, sign in, ask which data it serves.
sealed interface Handshake {
  /// It let us in.
  record Answered(String dataFolder) implements Handshake {}

  /// It is there and says that it is starting, recovering or shutting down.
  record Busy() implements Handshake {}

  /// It did not accept the password.
  record Rejected(String reason) implements Handshake {}

  /// Nothing usable was heard.
  record Silent(String reason) implements Handshake {}

  /// Makes the attempt; takes at most about five seconds.
  static Handshake with(ServerAddress address) {
    try (var connection = connect(address);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW data_directory")) {
      return rows.next() ? new Answered(rows.getString(1)) : new Silent("no data folder named");
    } catch (SQLException e) {
      var state = String.valueOf(e.getSQLState());
      return switch (state) {
        case "57P03" -> new Busy();
        case "28P01", "28000" -> new Rejected("the server did not accept it");
        default -> new Silent(state + " " + e.getMessage());
      };
    }
  }

  /// Makes an adopted server read its parameter file again.
  static void reload(ServerAddress address) throws SQLException {
    try (var connection = connect(address);
        var statement = connection.createStatement()) {
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private static Connection connect(ServerAddress address) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password().reveal());
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", "5");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("ApplicationName", "tranche embedded start");
    var connection = new Driver().connect(address.jdbcUrl("postgres"), properties);
    if (connection == null) {
      throw new SQLException("the driver does not take " + address.jdbcUrl("postgres"));
    }
    return connection;
  }
}
