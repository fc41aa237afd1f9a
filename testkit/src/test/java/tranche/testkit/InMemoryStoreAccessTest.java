package tranche.testkit;

import org.junit.jupiter.api.Nested;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.StoreAccess;

final class InMemoryStoreAccessTest {
  private static final class World implements StoreWorld {
    private final InMemoryStoreAccess access =
        new InMemoryStoreAccess(FanoutWorld::server, FanoutWorld.noon(), StoreFaults.NONE);

    @Override
    public StoreAccess access() {
      return access;
    }

    @Override
    public StoreId create(String schema) {
      StoreId store = FanoutWorld.store("s1-d1", schema);
      access.create(store);
      return store;
    }

    @Override
    public void drop(StoreId store) {
      access.drop(store);
    }

    @Override
    public void addTable(StoreId store) {
      access.addTable(store);
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
