package tranche.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationKey;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.ServerRoom;
import tranche.engine.fanout.StoreAccess;
import tranche.engine.fanout.StoreConnection;
import tranche.engine.fanout.StoreProblem;

/// Stores that live in memory, on servers that count their connections, with faults as a test wants
/// them. Statements are not understood; one that contains `1/0` fails. Safe for many threads.
public final class InMemoryStoreAccess implements StoreAccess {
  private static final int STORES_PER_STATEMENT = 500;

  private final Function<DatabaseId, String> servers;
  private final InstantSource clock;
  private final StoreFaults faults;
  private final Map<DatabaseId, Map<String, MemorySchema>> databases = new TreeMap<>();
  private final Map<Lease, Instant> leases = new HashMap<>();
  private final Map<String, Integer> connections = new HashMap<>();
  private final Map<String, Integer> mostConnections = new HashMap<>();
  private final Set<StoreId> locked = new HashSet<>();
  private ServerRoom room = new ServerRoom(97, 0, 64, Optional.empty(), 0);
  private int readStatements;
  private int opened;

  private record Lease(DatabaseId database, RunId run) {}

  /// Without any database.
  ///
  /// @param servers the server of each database
  /// @param clock by which leases end
  public InMemoryStoreAccess(
      Function<DatabaseId, String> servers, InstantSource clock, StoreFaults faults) {
    this.servers = servers;
    this.clock = clock;
    this.faults = faults;
  }

  /// Creates an empty schema, and its database if that is not there.
  public synchronized void create(StoreId store) {
    databases
        .computeIfAbsent(store.database(), _ -> new LinkedHashMap<>())
        .put(store.schema(), new MemorySchema());
  }

  /// Drops a schema with everything in it, also what the history said about it.
  public synchronized void drop(StoreId store) {
    databases.getOrDefault(store.database(), Map.of()).remove(store.schema());
  }

  /// Puts a table into a schema, without saying so in a history.
  public synchronized void addTable(StoreId store) {
    schema(store).orElseThrow().addTable();
  }

  /// Says what every server has room for, besides the connections that are open here.
  public synchronized void room(ServerRoom now) {
    room = now;
  }

  /// Every migration that was ever run there, in order, also those taken back.
  public synchronized List<MigrationKey> executed(StoreId store) {
    return schema(store).map(MemorySchema::executed).orElse(List.of());
  }

  /// How many connections to a server there were at once, at most.
  public synchronized int mostConnections(String server) {
    return mostConnections.getOrDefault(server, 0);
  }

  /// How many connections there are now, to all servers.
  public synchronized int connections() {
    return connections.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// How many statements were needed to read states.
  public synchronized int readStatements() {
    return readStatements;
  }

  /// How many connections for changing were opened.
  public synchronized int opened() {
    return opened;
  }

  /// How many leases there are that have not ended.
  public synchronized long openLeases() {
    return leases.values().stream().filter(until -> until.isAfter(clock.instant())).count();
  }

  synchronized Optional<MemorySchema> schema(StoreId store) {
    return Optional.ofNullable(
        databases.getOrDefault(store.database(), Map.of()).get(store.schema()));
  }

  synchronized boolean lock(StoreId store) {
    return locked.add(store);
  }

  synchronized void unlock(StoreId store) {
    locked.remove(store);
  }

  StoreFaults faults() {
    return faults;
  }

  synchronized boolean hasLease(DatabaseId database, RunId run) {
    Instant until = leases.get(new Lease(database, run));
    return until != null && until.isAfter(clock.instant());
  }

  synchronized void endLease(DatabaseId database, RunId run) {
    leases.put(new Lease(database, run), clock.instant());
  }

  private synchronized void opens(DatabaseId database) {
    String server = servers.apply(database);
    int now = connections.merge(server, 1, Integer::sum);
    mostConnections.merge(server, now, Math::max);
  }

  synchronized void closes(DatabaseId database) {
    connections.merge(servers.apply(database), -1, Integer::sum);
  }

  @Override
  public Map<StoreId, StoreReading> read(DatabaseId database, Collection<StoreId> stores) {
    opens(database);
    try {
      Map<StoreId, StoreReading> readings = new HashMap<>();
      synchronized (this) {
        readStatements += Math.ceilDiv(stores.size(), STORES_PER_STATEMENT);
        for (StoreId store : stores) {
          readings.put(
              store,
              schema(store).map(MemorySchema::reading).orElseGet(StoreReading.NotThere::new));
        }
      }
      return readings;
    } finally {
      closes(database);
    }
  }

  @Override
  public Set<StoreId> empty(DatabaseId database, Collection<StoreId> stores) {
    opens(database);
    try {
      synchronized (this) {
        readStatements++;
        return stores.stream()
            .filter(store -> schema(store).filter(s -> !s.hasTables()).isPresent())
            .collect(Collectors.toSet());
      }
    } finally {
      closes(database);
    }
  }

  @Override
  public Map<StoreId, List<KeptUndo>> undos(DatabaseId database, Collection<StoreId> stores) {
    opens(database);
    try {
      Map<StoreId, List<KeptUndo>> undos = new HashMap<>();
      synchronized (this) {
        for (StoreId store : stores) {
          schema(store).filter(MemorySchema::isManaged).ifPresent(s -> undos.put(store, s.undos()));
        }
      }
      return undos;
    } finally {
      closes(database);
    }
  }

  @Override
  public void lease(DatabaseId database, RunId run, Duration lifetime) {
    opens(database);
    try {
      if (!faults.givesLease(database)) {
        throw new StoreProblem.ConnectionLost(database, "no answer").exception();
      }
      synchronized (this) {
        Lease lease = new Lease(database, run);
        if (leases.containsKey(lease) && !hasLease(database, run)) {
          throw new StoreProblem.LeaseEnded(database, run).exception();
        }
        leases.put(lease, clock.instant().plus(lifetime));
      }
    } finally {
      closes(database);
    }
  }

  @Override
  public void release(DatabaseId database, RunId run) {
    opens(database);
    try {
      endLease(database, run);
    } finally {
      closes(database);
    }
  }

  @Override
  public ServerRoom room(DatabaseId database) {
    opens(database);
    try {
      synchronized (this) {
        int own = connections.getOrDefault(servers.apply(database), 0);
        return new ServerRoom(
            room.maxConnections(),
            room.usedConnections() + own,
            room.maxLocksPerTransaction(),
            room.replicaLag(),
            room.lockWaiters());
      }
    } finally {
      closes(database);
    }
  }

  /// There is nothing to connect to.
  @Override
  public void disconnect() {}

  @Override
  public StoreConnection connect(DatabaseId database, RunContext context) {
    if (!faults.givesConnection(database)) {
      throw new StoreProblem.NoConnectionFree(database, "too many clients").exception();
    }
    opens(database);
    synchronized (this) {
      opened++;
    }
    return new MemoryStoreConnection(this, database, context);
  }
}
