package tranche.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tranche.core.fleet.DatabaseId;

/// Lends connections to the declared databases, signed in as their admin.
public final class Databases implements AutoCloseable {
  private final DatabaseDirectory directory;
  private final ConnectionLimits limits;
  private final Map<Server, ServerPools> servers = new ConcurrentHashMap<>();

  /// Connects to nothing yet.
  public Databases(DatabaseDirectory directory, ConnectionLimits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  /// How that database is reached.
  public DatabaseAccess access(DatabaseId database) {
    return directory.access(database);
  }

  /// Does something with a connection to that database. It must not ask for a second one meanwhile:
  /// users who hold one and wait for another could wait for each other.
  ///
  /// @throws tranche.core.problem.ProblemException
  ///   [tranche.engine.schema.SchemaProblem.DatabaseUnreachable] if no connection can be had
  /// @throws SQLException as the work throws it
  public <T> T with(DatabaseId database, SqlWork<T> work) throws SQLException {
    DatabaseAccess access = directory.access(database);
    return servers
        .computeIfAbsent(access.address().server(), _ -> new ServerPools(limits))
        .with(access, work);
  }

  /// Opens a connection of its own, outside of the pools and their bounds. For the few places that
  /// need another database or another role, or must look at a session that waits; the caller closes
  /// it at once.
  public Connection open(DatabaseAddress address, Login login) throws SQLException {
    return Connector.open(address, login, limits.patience());
  }

  /// Closes all connections that are not in use; those in use are closed when they come back.
  @Override
  public void close() {
    servers.values().forEach(ServerPools::close);
    servers.clear();
  }
}
