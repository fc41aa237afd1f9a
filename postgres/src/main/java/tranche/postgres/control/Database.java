package tranche.postgres.control;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import tranche.core.problem.ProblemException;

/// The pool of connections to the control database, and what its failures mean.
///
/// Every session has limits: a statement may take 60 s and wait 20 s for a lock, and a transaction
/// that is left idle for 10 s is ended by the server. The last one bounds how long a frozen process
/// can keep its successor from taking the lease over.
final class Database implements AutoCloseable {
  private static final String SESSION_LIMITS =
      "-c statement_timeout=60000 -c lock_timeout=20000"
          + " -c idle_in_transaction_session_timeout=10000";

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ControlStoreSettings settings;
  private final String where;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(ControlStoreSettings settings, HikariDataSource pool) {
    this.settings = settings;
    this.where = settings.where();
    this.pool = pool;
    this.jdbi = Jdbi.create(pool).registerArrayType(String.class, "text");
  }

  static Database open(ControlStoreSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("tranche-control");
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password().reveal());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setDataSourceProperties(sessionProperties());
    try {
      return new Database(settings, new HikariDataSource(config));
    } catch (HikariPool.PoolInitializationException e) {
      throw unavailable(settings.where(), e);
    }
  }

  private static Properties sessionProperties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "tranche-control");
    properties.setProperty("options", SESSION_LIMITS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", "70");
    return properties;
  }

  /// Runs statements that need no common transaction, or exactly one.
  <T> T call(Function<Handle, T> work) {
    try {
      return jdbi.withHandle(work::apply);
    } catch (JdbiException e) {
      throw asProblem(e);
    }
  }

  /// Runs statements in one transaction.
  <T> T transact(Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(work::apply);
    } catch (JdbiException e) {
      throw asProblem(e);
    }
  }

  /// Runs statements in one transaction on a connection that nobody has used before, and tries
  /// again until it works or the patience of the settings is over.
  <T> T transactAnew(Function<Handle, T> work) {
    Jdbi direct = Jdbi.create(this::connectDirectly);
    long giveUpAt = System.nanoTime() + settings.patience().toNanos();
    while (true) {
      try {
        return direct.inTransaction(work::apply);
      } catch (JdbiException e) {
        if (!isSurroundings(e) || System.nanoTime() - giveUpAt > 0 || !pause()) {
          throw asProblem(e);
        }
      }
    }
  }

  private Connection connectDirectly() throws SQLException {
    Properties properties = sessionProperties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password().reveal());
    return DriverManager.getConnection(settings.jdbcUrl(), properties);
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// A connection of the pool; the caller closes it and translates failures with [#asProblem].
  Handle connect() {
    return jdbi.open();
  }

  String where() {
    return where;
  }

  /// What a failure means: a problem if the database or the way to it is at fault, else itself.
  RuntimeException asProblem(JdbiException failure) {
    return isSurroundings(failure) ? unavailable(where, failure) : failure;
  }

  static ProblemException unavailable(String where, Throwable failure) {
    return new ProblemException(
        new ControlProblem.ControlStoreUnavailable(where, reason(failure)), failure);
  }

  private static boolean isSurroundings(Throwable failure) {
    Optional<SQLException> sql = sqlCause(failure);
    if (sql.isEmpty()) {
      return false;
    }
    String state = sql.get().getSQLState();
    return sql.get() instanceof SQLTransientConnectionException
        || (state != null
            && (state.startsWith("08") // connection
                || state.startsWith("28") // sign-in
                || state.startsWith("53") // out of disk, memory, connections
                || state.startsWith("57") // shut down, cancelled
                || state.startsWith("58") // disk
                || state.equals("25006") // read-only
                || state.equals("25P03") // ended as idle
                || state.equals("3D000") // no such database
                || state.equals("40P01") // deadlock
                || state.equals("55P03"))); // lock not available
  }

  private static Optional<SQLException> sqlCause(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /// What the server or driver said, without statement and arguments.
  static String reason(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      deepest = t instanceof SQLException ? t : deepest;
    }
    ServerErrorMessage server =
        deepest instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
    String said = server != null ? server.getMessage() : deepest.getMessage();
    return said != null ? said : deepest.getClass().getSimpleName();
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  @Override
  public void close() {
    pool.close();
  }
}
