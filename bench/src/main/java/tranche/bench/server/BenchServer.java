package tranche.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tranche.bench.contest.Fleet;
import tranche.bench.contest.Migrations;
import tranche.core.secret.Secret;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.EmbeddedSettings;

/// A PostgreSQL server of this run's own, in a folder that is deleted when the run ends, also when
/// it is interrupted.
public final class BenchServer implements AutoCloseable {
  private static final List<String> SETTINGS =
      List.of(
          "server_version",
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "shared_buffers",
          "max_connections",
          "max_locks_per_transaction");

  private final EmbeddedPostgres postgres;
  private final Path folder;
  private final Migrations migrations;
  private boolean isClosed;

  private BenchServer(EmbeddedPostgres postgres, Path folder, Migrations migrations) {
    this.postgres = postgres;
    this.folder = folder;
    this.migrations = migrations;
  }

  /// Starts a new server in a new folder below the given one.
  ///
  /// @throws InterruptedException when the thread was interrupted while waiting
  /// @throws UncheckedIOException when the folder cannot be made
  public static BenchServer start(Path below) throws InterruptedException {
    try {
      Files.createDirectories(below);
      var folder = Files.createTempDirectory(below, "run-").toAbsolutePath();
      var migrations = Migrations.write(folder.resolve("migrations"));
      var postgres = EmbeddedPostgres.start(EmbeddedSettings.in(folder.resolve("server")));
      var server = new BenchServer(postgres, folder, migrations);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-bench-server"));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A fleet in that database, which need not exist yet.
  public Fleet fleet(String database, List<String> schemas) {
    return new Fleet(postgres.address(), database, schemas, migrations);
  }

  /// Runs one statement in the maintenance database.
  ///
  /// @throws SQLException when the server refuses it
  public void execute(String sql) throws SQLException {
    try (Connection connection = fleet("postgres", List.of()).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Makes a database that is a copy of the template.
  ///
  /// @throws SQLException when somebody is connected to the template, or the name is taken
  public Fleet copy(Fleet template, String database) throws SQLException {
    execute("CREATE DATABASE %s TEMPLATE %s".formatted(database, template.database()));
    return fleet(database, template.schemas());
  }

  /// Removes a database, with whoever is connected to it.
  ///
  /// @throws SQLException when the server refuses
  public void drop(Fleet fleet) throws SQLException {
    execute("DROP DATABASE " + fleet.database() + " WITH (FORCE)");
  }

  /// The settings that matter for what is measured.
  ///
  /// @throws SQLException when the server does not answer
  public Map<String, String> facts() throws SQLException {
    var facts = new LinkedHashMap<String, String>();
    try (Connection connection = fleet("postgres", List.of()).connect();
        Statement statement = connection.createStatement()) {
      for (String setting : SETTINGS) {
        try (var result = statement.executeQuery("SHOW " + setting)) {
          result.next();
          facts.put(setting, result.getString(1));
        }
      }
    }
    return facts;
  }

  /// How much room the disk under the data has left.
  ///
  /// @throws UncheckedIOException when the system does not say
  public long freeBytes() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A folder of this run, which is deleted with the server.
  public Path folder() {
    return folder;
  }

  /// As whom to sign in; the password is [#password()].
  public String user() {
    return postgres.address().user();
  }

  /// The password of [#user()].
  public Secret password() {
    return postgres.address().password();
  }

  /// The URL of one of its databases, as Tranche's option takes it.
  public String url(String database) {
    var address = postgres.address();
    return "postgresql://%s@%s:%d/%s"
        .formatted(address.user(), address.host(), address.port(), database);
  }

  /// The server's main process.
  public long pid() {
    return postgres.pid();
  }

  /// Stops the server and deletes its folder. When the process is being ended, this and the hook
  /// may both come here; the second waits for the first and finds nothing left to do.
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      postgres.stop();
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(visited);
      return FileVisitResult.CONTINUE;
    }
  }
}
