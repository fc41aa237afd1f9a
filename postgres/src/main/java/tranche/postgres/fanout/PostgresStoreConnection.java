package tranche.postgres.fanout;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.StoreConnection;
import tranche.postgres.database.SqlState;

/// One connection to PostgreSQL, used for store after store.
final class PostgresStoreConnection implements StoreConnection {
  private static final Logger LOG = System.getLogger(PostgresStoreConnection.class.getName());

  private final StoreWork work;

  PostgresStoreConnection(StoreWork work) {
    this.work = work;
  }

  @Override
  public StoreOutcome perform(StoreId store, StoreTask task) {
    return switch (task) {
      case StoreTask.Apply apply -> new ApplyRun(work, store, apply).run();
      case StoreTask.Revert revert -> new RevertRun(work, store, revert).run();
    };
  }

  @Override
  public void cancel() {
    try {
      work.link().session().cancel();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, () -> "cancelling failed: " + SqlState.message(e));
    }
  }

  @Override
  public boolean isUsable() {
    return work.link().session().isOpen();
  }

  @Override
  public void close() {
    work.link().close();
  }
}
