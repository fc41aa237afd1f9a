package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.StoreAccess;
import tranche.postgres.database.DatabaseAccess;
import tranche.testkit.StoreChangeContract;
import tranche.testkit.StoreHooksContract;
import tranche.testkit.StoreReadingContract;
import tranche.testkit.StoreWorld;

/// The contract of [StoreAccess], on a real server.
final class PostgresStoreAccessTest {
  private static final class World implements StoreWorld {
    private final Fleet fleet;
    private final StoreAccess access;

    World() {
      try {
        fleet = Fleet.fresh();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      access =
          new PostgresStoreAccess(
              id -> id.equals(fleet.database.id()) ? fleet.database : missing(),
              List.of(),
              RandomGenerator.getDefault());
    }

    private DatabaseAccess missing() {
      return new DatabaseAccess(
          fleet.database.id(),
          fleet.database.address().sibling("contract_nowhere"),
          fleet.database.admin(),
          fleet.database.application(),
          fleet.database.ifMissing());
    }

    @Override
    public StoreAccess access() {
      return access;
    }

    @Override
    public StoreId create(String schema) {
      run("CREATE SCHEMA " + schema);
      return fleet.store(schema);
    }

    @Override
    public void drop(StoreId store) {
      run("DROP SCHEMA " + store.schema() + " CASCADE");
    }

    @Override
    public void addTable(StoreId store) {
      run("CREATE TABLE " + store.schema() + ".added (id int)");
    }

    private void run(String sql) {
      try {
        fleet.run(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Nested
  final class Reading extends StoreReadingContract {
    Reading() {
      super(new World());
    }
  }

  @Nested
  final class Change extends StoreChangeContract {
    Change() {
      super(new World());
    }
  }

  @Nested
  final class HooksOfIt extends StoreHooksContract {
    HooksOfIt() {
      super(new World());
    }
  }
}
