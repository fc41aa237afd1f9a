package tranche.e2e.schema;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.EmbeddedSettings;
import tranche.postgres.embedded.ServerAddress;

/// A PostgreSQL server of its own that can be killed like a machine without power.
final class SchemaServer implements AutoCloseable {
  private static final Duration END_MAX = Duration.ofSeconds(20);

  private final Path folder;
  private EmbeddedPostgres server;

  SchemaServer(Path folder) throws InterruptedException {
    this.folder = folder;
    this.server = EmbeddedPostgres.start(EmbeddedSettings.in(folder));
  }

  ServerAddress address() {
    return server.address();
  }

  /// The address as `--url` takes it, without the password.
  String url(String database) {
    ServerAddress address = server.address();
    return "postgresql://"
        + address.user()
        + "@"
        + address.host()
        + ":"
        + address.port()
        + "/"
        + database;
  }

  /// Ends the server and all its sessions with SIGKILL, and returns when they are gone.
  void kill() {
    ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    await("the end of all server processes")
        .atMost(END_MAX)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /// Starts the server again after it was killed; it recovers by itself.
  void start() throws InterruptedException {
    server = EmbeddedPostgres.start(EmbeddedSettings.in(folder));
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The rows of a query, each as its columns joined by `|`.
  List<String> rows(String database, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  Connection connect(String database) throws SQLException {
    ServerAddress address = server.address();
    return DriverManager.getConnection(
        address.jdbcUrl(database), address.user(), address.password().reveal());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
