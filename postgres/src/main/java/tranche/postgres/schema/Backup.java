package tranche.postgres.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.core.release.Release;
import tranche.core.rollout.RolloutId;
import tranche.engine.schema.ChangeContext;
import tranche.engine.schema.SchemaProblem.BackupFailed;
import tranche.postgres.database.Databases;
import tranche.postgres.database.SqlState;

/// Copies the tables that a release touches out of a store, and proves the copy.
///
/// A copy that was written is worth nothing until it was read: each file is loaded into a temporary
/// table, in the transaction in which it was written, and the server's count and digest of that
/// table are compared with those of the original in the same snapshot. Only then the manifest is
/// written.
///
/// The trap of row-level security - a role that sees no rows, a copy that is empty, no error - is
/// closed by `row_security = off`, which makes the server refuse instead of filter.
public final class Backup {
  private static final String SCRATCH = "pg_temp.tranche_copy";

  private static final String BEGIN =
      """
      SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
      SELECT set_config('lock_timeout', ?, true),
             set_config('statement_timeout', ?, true),
             set_config('row_security', 'off', true),
             set_config('search_path', ?, true);
      """;

  private final Databases databases;
  private final SchemaSettings settings;

  /// Backups in the folder of those settings.
  public Backup(Databases databases, SchemaSettings settings) {
    this.databases = databases;
    this.settings = settings;
  }

  /// Takes a backup, or finds that an intact one of the same rollout is there.
  ///
  /// @return one sentence with rows, bytes and place
  /// @throws ProblemException [BackupFailed]
  public String take(StoreId store, Release release, ChangeContext context) {
    var folder = new BackupFolder(settings.backupFolder(), context.rollout(), store);
    return guarded(
        store,
        connection -> {
          raiseFence(connection, store, context);
          begin(connection, store.schema());
          List<TableShape> shapes =
              TableShape.existing(connection, store.schema(), release.schema().touches());
          Optional<Manifest> kept = folder.intact().filter(m -> covers(m, store, shapes));
          if (kept.isPresent()) {
            return sentence("Kept the verified copy of ", kept.get(), folder.path());
          }
          Manifest manifest = copy(connection, store, context.rollout(), shapes, folder);
          return sentence("Copied and read back ", manifest, folder.path());
        });
  }

  private static boolean covers(Manifest manifest, StoreId store, List<TableShape> shapes) {
    Set<String> names = shapes.stream().map(TableShape::name).collect(Collectors.toSet());
    return manifest.store().equals(store.toString()) && BackupFolder.tables(manifest).equals(names);
  }

  private static String sentence(String verb, Manifest manifest, Path place) {
    return verb
        + "%d rows of %d tables, %d bytes, in %s"
            .formatted(manifest.rows(), manifest.tables().size(), manifest.bytes(), place);
  }

  private Manifest copy(
      Connection connection,
      StoreId store,
      RolloutId rollout,
      List<TableShape> shapes,
      BackupFolder folder)
      throws SQLException, IOException {
    folder.create();
    List<Manifest.TableCopy> copies = new ArrayList<>();
    for (TableShape shape : shapes) {
      copies.add(copy(connection, shape, folder));
    }
    var manifest =
        new Manifest(Manifest.FORMAT, store.toString(), rollout.value(), now(connection), copies);
    folder.write(manifest);
    return manifest;
  }

  private static Manifest.TableCopy copy(
      Connection connection, TableShape shape, BackupFolder folder)
      throws SQLException, IOException {
    TableDigest original =
        TableDigest.read(connection, shape.qualified(), shape.columns(), "", List.of());
    String file = BackupFolder.fileName(shape.name()) + ".copy.gz";
    folder.writeCompressed(
        file,
        out ->
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + shape.query() + ") TO STDOUT", out));
    verify(connection, shape, folder, file, original);
    return new Manifest.TableCopy(
        shape.name(),
        file,
        shape.columns(),
        original.rows(),
        original.digest(),
        folder.size(file),
        folder.sha256(file));
  }

  /// Loads the file into a scratch table and compares.
  static void verify(
      Connection connection,
      TableShape shape,
      BackupFolder folder,
      String file,
      TableDigest original)
      throws SQLException, IOException {
    execute(
        connection,
        "CREATE TEMPORARY TABLE tranche_copy ON COMMIT DROP AS SELECT "
            + shape.columnList()
            + " FROM "
            + shape.qualified()
            + " WITH NO DATA");
    load(connection, SCRATCH + " (" + shape.columnList() + ")", folder, file);
    TableDigest copy = TableDigest.read(connection, SCRATCH, shape.columns(), "", List.of());
    execute(connection, "DROP TABLE " + SCRATCH);
    requireSame(shape.name(), original, copy);
  }

  private static void load(Connection connection, String into, BackupFolder folder, String file)
      throws SQLException, IOException {
    try (InputStream in = folder.readCompressed(file)) {
      long _ =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY " + into + " FROM STDIN", in);
    }
  }

  private static void requireSame(String table, TableDigest original, TableDigest copy)
      throws IOException {
    if (!original.equals(copy)) {
      throw new IOException(
          "table %s has %d rows with digest %s, its copy reads back as %d rows with digest %s"
              .formatted(table, original.rows(), original.digest(), copy.rows(), copy.digest()));
    }
  }

  /// Loads the backup of a store into tables that exist and are empty, and compares. Triggers and
  /// foreign keys stay silent meanwhile, which needs a superuser or the right to set
  /// `session_replication_role`.
  ///
  /// @param schema of the same database; the store's own or another one
  /// @return how many rows were loaded
  /// @throws ProblemException [BackupFailed]; the tables are as they were then
  public long restore(StoreId store, RolloutId rollout, String schema) {
    var folder = new BackupFolder(settings.backupFolder(), rollout, store);
    return guarded(
        store,
        connection -> {
          Manifest manifest =
              folder
                  .intact()
                  .orElseThrow(() -> new IOException("no intact backup in " + folder.path()));
          begin(connection, schema);
          execute(connection, "SET LOCAL session_replication_role = replica");
          for (Manifest.TableCopy copy : manifest.tables()) {
            restore(connection, schema, folder, copy);
          }
          connection.commit();
          return manifest.rows();
        });
  }

  private static void restore(
      Connection connection, String schema, BackupFolder folder, Manifest.TableCopy copy)
      throws SQLException, IOException {
    var shape = new TableShape(schema, copy.table(), copy.columns(), List.of());
    load(connection, shape.qualified() + " (" + shape.columnList() + ")", folder, copy.file());
    TableDigest restored =
        TableDigest.read(connection, shape.qualified(), shape.columns(), "", List.of());
    requireSame(copy.table(), copy.content(), restored);
  }

  /// Work on files and a connection.
  @FunctionalInterface
  private interface FileWork<T> {
    T run(Connection connection) throws SQLException, IOException;
  }

  private <T> T guarded(StoreId store, FileWork<T> work) {
    try {
      return databases.with(
          store.database(),
          connection -> {
            try {
              return work.run(connection);
            } catch (IOException e) {
              throw new ProblemException(new BackupFailed(store, message(e)), e);
            }
          });
    } catch (SQLException e) {
      throw LockRetry.lost(store, e)
          .orElseGet(() -> new ProblemException(new BackupFailed(store, SqlState.message(e)), e));
    }
  }

  private static String message(IOException error) {
    return error.getClass() == IOException.class
        ? String.valueOf(error.getMessage())
        : error.getClass().getSimpleName() + " " + error.getMessage();
  }

  private void raiseFence(Connection connection, StoreId store, ChangeContext context)
      throws SQLException {
    Duration lock = settings.locks().timeout();
    StoreTransaction.begin(connection, store, context.fence(), lock, lock.multipliedBy(2)).commit();
  }

  private void begin(Connection connection, String schema) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, settings.locks().timeout().toMillis() + "ms");
      statement.setString(2, settings.backupLimit().toMillis() + "ms");
      statement.setString(3, StoreTransaction.searchPath(schema));
      statement.execute();
    }
  }

  private static String now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
