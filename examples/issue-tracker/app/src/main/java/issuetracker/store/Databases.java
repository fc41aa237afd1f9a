package issuetracker.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import issuetracker.instance.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The connection pools of this process: one per database, opened on first use.
public final class Databases implements AutoCloseable {
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(20);
  private static final int SOCKET_TIMEOUT_SECONDS = 20;
  private static final String SESSION_LIMITS =
      "-c statement_timeout=10s -c idle_in_transaction_session_timeout=15s";

  private final Map<String, Database> databases;
  private final String applicationName;
  private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();

  /// Pools for these databases; connections show themselves to the server under the application
  /// name.
  public Databases(Map<String, Database> databases, String applicationName) {
    this.databases = Map.copyOf(databases);
    this.applicationName = applicationName;
  }

  /// The names of all databases, whether a pool is open or not.
  public Set<String> names() {
    return databases.keySet();
  }

  /// A connection with auto-commit off. Closing it gives it back.
  ///
  /// @throws SQLException when none is free or the server does not answer within three seconds
  Connection connect(String name) throws SQLException {
    return pools.computeIfAbsent(name, this::open).getConnection();
  }

  @Override
  public void close() {
    pools.values().forEach(HikariDataSource::close);
  }

  private HikariDataSource open(String name) {
    Database database = databases.get(name);
    if (database == null) {
      throw new IllegalArgumentException("database " + name + " is not in the instance file");
    }
    return new HikariDataSource(config(name, database));
  }

  private HikariConfig config(String name, Database database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(dataSource(database));
    config.setMaximumPoolSize(database.maxConnections());
    config.setMinimumIdle(1);
    config.setAutoCommit(false);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    // The process starts and reports "not ready" while its database is away, instead of dying.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  private DataSource dataSource(Database database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {database.host()});
    source.setPortNumbers(new int[] {database.port()});
    source.setDatabaseName(database.name());
    source.setUser(database.login().user());
    source.setPassword(database.login().password().reveal());
    source.setApplicationName(applicationName);
    source.setOptions(SESSION_LIMITS);
    source.setConnectTimeout((int) CONNECTION_TIMEOUT.toSeconds());
    source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
    source.setTcpKeepAlive(true);
    // The detail of a server error quotes the values of the row: they belong to a tenant, not in a
    // log.
    source.setLogServerErrorDetail(false);
    return source;
  }
}
