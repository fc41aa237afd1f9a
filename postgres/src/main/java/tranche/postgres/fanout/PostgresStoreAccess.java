package tranche.postgres.fanout;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.ServerRoom;
import tranche.engine.fanout.StoreAccess;
import tranche.engine.fanout.StoreConnection;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseDirectory;

/// Reaches stores on PostgreSQL 15 or later. Safe for any number of threads.
public final class PostgresStoreAccess implements StoreAccess {
  private static final Logger LOG = System.getLogger(PostgresStoreAccess.class.getName());
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int STORES_PER_STATEMENT = 500;

  private final Sessions sessions = new Sessions();
  private final DatabaseDirectory directory;
  private final Map<HistoryKind, ForeignHistoryWriter> foreign;
  private final RandomGenerator random;
  private final Durability durability;

  /// When what a change has committed is safe from a crash of the server.
  public enum Durability {
    /// As the server is set up: as a rule with each commit.
    AS_EVER,
    /// A little later, so that no commit waits for a disk. After a crash of the server the last
    /// changes may be missing, all of each and in their order. For stores that nobody uses yet.
    LATER
  }

  /// Connects to nothing yet.
  ///
  /// @param foreign who keeps the histories of other tools up to date, one for each kind
  /// @param random varies the pauses between tries; must be safe for several threads
  public PostgresStoreAccess(
      DatabaseDirectory directory,
      Collection<ForeignHistoryWriter> foreign,
      RandomGenerator random) {
    this(directory, foreign, random, Durability.AS_EVER);
  }

  /// The same with another durability.
  public PostgresStoreAccess(
      DatabaseDirectory directory,
      Collection<ForeignHistoryWriter> foreign,
      RandomGenerator random,
      Durability durability) {
    this.directory = directory;
    this.durability = durability;
    this.foreign =
        foreign.stream().collect(Collectors.toMap(ForeignHistoryWriter::kind, Function.identity()));
    this.random = random;
  }

  @Override
  public Map<StoreId, StoreReading> read(DatabaseId database, Collection<StoreId> stores) {
    return new StoreReader(database, stores).read(directory, sessions);
  }

  @Override
  public Set<StoreId> empty(DatabaseId database, Collection<StoreId> stores) {
    List<String> schemas = stores.stream().map(StoreId::schema).distinct().toList();
    return with(
        database,
        session -> {
          Set<StoreId> empty = new HashSet<>();
          UnmanagedReader.read(session, schemas)
              .forEach((schema, reading) -> {
                if (reading instanceof StoreReading.Unmanaged(var others, boolean isEmpty)
                    && others.isEmpty()
                    && isEmpty) {
                  empty.add(new StoreId(database, schema));
                }
              });
          return empty;
        });
  }

  @Override
  public Map<StoreId, List<KeptUndo>> undos(DatabaseId database, Collection<StoreId> stores) {
    List<String> targets = stores.stream().map(StoreId::schema).toList();
    return with(
        database,
        session -> {
          Map<StoreId, List<KeptUndo>> found = new HashMap<>();
          if (Layouts.version(session, database) < Layouts.WITH_UNDO) {
            return found;
          }
          for (List<String> portion : StoreReader.portions(targets, STORES_PER_STATEMENT)) {
            KeptUndos.read(session, portion)
                .forEach((target, undos) -> found.put(new StoreId(database, target), undos));
          }
          return found;
        });
  }

  @Override
  public void lease(DatabaseId database, RunId run, Duration lifetime) {
    boolean _ =
        with(
            database,
            session -> {
              Leases.write(session, database, run, lifetime);
              return true;
            });
  }

  @Override
  public void release(DatabaseId database, RunId run) {
    try {
      boolean _ =
          with(
              database,
              session -> {
                Leases.end(session, run);
                return true;
              });
    } catch (ProblemException e) {
      LOG.log(Level.INFO, () -> "the lease ends by itself: " + e.problem().what());
    }
  }

  @Override
  public ServerRoom room(DatabaseId database) {
    return with(database, Rooms::read);
  }

  /// The schemas of a database whose names fit, sorted; never those of PostgreSQL and of Tranche.
  ///
  /// @param pattern `*` stands for any characters, `?` for one
  /// @throws ProblemException if the database cannot be read
  public List<String> schemas(DatabaseId database, String pattern) {
    return with(database, session -> Names.schemas(session, pattern));
  }

  /// The databases of a server whose names fit, sorted; never templates.
  ///
  /// @param via a database on that server to ask in
  /// @param pattern `*` stands for any characters, `?` for one
  /// @throws ProblemException if the server cannot be asked
  public List<String> databases(DatabaseId via, String pattern) {
    return with(via, session -> Names.databases(session, pattern));
  }

  @Override
  public StoreConnection connect(DatabaseId database, RunContext context) {
    DatabaseAccess access = directory.access(database);
    try {
      Link link = Link.open(sessions, access, context);
      if (durability == Durability.LATER) {
        // Where it is refused, or lost with the session, changes only take longer.
        Answer _ = link.session().send("SET synchronous_commit TO off");
      }
      return new PostgresStoreConnection(new StoreWork(link, context, foreign, random));
    } catch (SQLException e) {
      throw ConnectProblems.of(access, e);
    }
  }

  /// Something to do with a session.
  @FunctionalInterface
  interface Work<T> {
    T with(Session session) throws SQLException;
  }

  private <T> T with(DatabaseId database, Work<T> work) {
    DatabaseAccess access = directory.access(database);
    try {
      Session session = sessions.open(access, SILENCE, "tranche");
      try {
        return work.with(session);
      } finally {
        sessions.keep(access, session);
      }
    } catch (SQLException e) {
      throw ConnectProblems.of(access, e);
    }
  }

  @Override
  public void disconnect() {
    sessions.close();
  }
}
