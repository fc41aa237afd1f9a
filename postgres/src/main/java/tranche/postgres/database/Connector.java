package tranche.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/// Opens connections. The only place that gives properties to the driver, and these are all.
public final class Connector {
  private Connector() {}

  /// Opens one connection that belongs to no pool; the caller closes it.
  ///
  /// @param silence how long the server may be silent in the middle of a statement
  public static Connection open(DatabaseAddress address, Login login, Duration silence)
      throws SQLException {
    return source(address, login, silence).getConnection();
  }

  /// Opens one connection on which each text is sent in one message, as it is: nothing is cut,
  /// parsed or prepared on the way. It belongs to no pool; the caller closes it, and when that is
  /// done the server's process has ended too.
  ///
  /// @param name how the session is called in `pg_stat_activity`
  public static Connection openPlain(
      DatabaseAddress address, Login login, Duration silence, String name) throws SQLException {
    PGSimpleDataSource source = source(address, login, silence);
    source.setPreferQueryMode(PreferQueryMode.SIMPLE);
    source.setApplicationName(name);
    // How many there are at a time is promised, and it is the server who counts.
    source.setSocketFactory(SynchronousClose.class.getName());
    // Sends the name while connecting. Sent afterwards it would be a setting, and RESET ALL would
    // take it away.
    source.setAssumeMinServerVersion("15.0");
    return source.getConnection();
  }

  static PGSimpleDataSource source(DatabaseAddress address, Login login, Duration silence) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {address.server().host()});
    source.setPortNumbers(new int[] {address.server().port()});
    source.setDatabaseName(address.name());
    source.setUser(login.user());
    login.password().ifPresent(password -> source.setPassword(password.reveal()));
    source.setSslMode(address.server().ssl().word());
    source.setApplicationName("tranche");
    source.setConnectTimeout(5);
    source.setLoginTimeout(10);
    source.setSocketTimeout(Math.toIntExact(silence.toSeconds()));
    source.setTcpKeepAlive(true);
    // Details of a server error quote rows; they must not get into exceptions and from there into
    // logs.
    source.setLogServerErrorDetail(false);
    // Schemas differ per store: a statement prepared in one must never be used in another.
    source.setPrepareThreshold(0);
    return source;
  }
}
