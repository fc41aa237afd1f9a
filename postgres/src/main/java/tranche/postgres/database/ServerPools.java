package tranche.postgres.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tranche.core.fleet.DatabaseId;

/// The pools of one server.
///
/// How the number of connections stays bounded: a permit is held while a connection is in use, so
/// there are never more users than permits. There are at most as many pools as permits; when
/// another database is asked for, the pool that was idle for longest is closed. So a server has at
/// most `perServer * perDatabase` connections of ours, however many databases it has.
final class ServerPools {
  /// A backend keeps every relation that it ever touched in memory, about 48 kB per schema: it is
  /// replaced before that hurts.
  private static final int USES_PER_GENERATION = 2_000;

  private final ConnectionLimits limits;
  private final Semaphore permits;
  private final Map<DatabaseId, Pool> pools = new LinkedHashMap<>(16, 0.75f, true);

  ServerPools(ConnectionLimits limits) {
    this.limits = limits;
    this.permits = new Semaphore(limits.perServer(), true);
  }

  private static final class Pool {
    final DatabaseAccess access;
    final HikariDataSource source;
    int users;
    int uses;

    Pool(DatabaseAccess access, HikariDataSource source) {
      this.access = access;
      this.source = source;
    }
  }

  <T> T with(DatabaseAccess access, SqlWork<T> work) throws SQLException {
    takePermit(access.id());
    try {
      Pool pool = enter(access);
      try (Connection connection = connect(pool)) {
        return work.run(connection);
      } finally {
        leave(pool);
      }
    } finally {
      permits.release();
    }
  }

  private void takePermit(DatabaseId database) {
    try {
      if (!permits.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw Unreachable.connecting(
            database,
            new SQLException("all " + limits.perServer() + " connections are busy", "08000"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Unreachable.interrupted(database, "waiting for a connection");
    }
  }

  private Connection connect(Pool pool) {
    try {
      if (!pool.source.isRunning()) {
        probe(pool.access);
      }
      return pool.source.getConnection();
    } catch (PoolInitializationException e) {
      SQLException cause =
          e.getCause() instanceof SQLException sql
              ? sql
              : new SQLException(e.getMessage(), "08000");
      throw Unreachable.connecting(pool.access.id(), cause);
    } catch (SQLException e) {
      throw Unreachable.connecting(pool.access.id(), e);
    }
  }

  /// A pool that cannot connect says so after a second at the earliest; asking first tells at once,
  /// which counts when a fleet has many databases that do not exist yet.
  private void probe(DatabaseAccess access) throws SQLException {
    Connector.open(access.address(), access.admin(), limits.patience()).close();
  }

  private Pool enter(DatabaseAccess access) {
    List<Pool> retired = new ArrayList<>();
    Pool entered;
    synchronized (pools) {
      Pool known = pools.get(access.id());
      if (known == null || !known.access.equals(access)) {
        known = replace(access, retired);
      }
      known.users++;
      if (++known.uses % USES_PER_GENERATION == 0 && known.source.getHikariPoolMXBean() != null) {
        known.source.getHikariPoolMXBean().softEvictConnections();
      }
      entered = known;
    }
    retired.forEach(pool -> pool.source.close());
    return entered;
  }

  private Pool replace(DatabaseAccess access, List<Pool> retired) {
    Pool old = pools.remove(access.id());
    if (old != null && old.users == 0) {
      retired.add(old);
    }
    if (pools.size() >= limits.perServer()) {
      pools.values().stream().filter(p -> p.users == 0).findFirst().ifPresent(retired::add);
      retired.forEach(pool -> pools.remove(pool.access.id(), pool));
    }
    var pool = new Pool(access, source(access));
    pools.put(access.id(), pool);
    return pool;
  }

  private void leave(Pool pool) {
    boolean isOrphan;
    synchronized (pools) {
      pool.users--;
      isOrphan = pool.users == 0 && pools.get(pool.access.id()) != pool;
    }
    if (isOrphan) {
      pool.source.close();
    }
  }

  /// The pool connects at its first use, outside of any lock, and says at once why it cannot.
  private HikariDataSource source(DatabaseAccess access) {
    var lazy = new HikariDataSource();
    configure(lazy, access);
    return lazy;
  }

  private void configure(HikariConfig config, DatabaseAccess access) {
    config.setDataSource(Connector.source(access.address(), access.admin(), limits.silence()));
    config.setPoolName("tranche " + access.id());
    config.setMaximumPoolSize(limits.perDatabase());
    config.setMinimumIdle(0);
    config.setIdleTimeout(TimeUnit.SECONDS.toMillis(30));
    config.setMaxLifetime(TimeUnit.MINUTES.toMillis(10));
    config.setConnectionTimeout(limits.patience().toMillis());
    config.setInitializationFailTimeout(1);
    config.setRegisterMbeans(false);
  }

  void close() {
    List<Pool> all;
    synchronized (pools) {
      all = List.copyOf(pools.values());
      pools.clear();
    }
    all.forEach(pool -> pool.source.close());
  }
}
