package tranche.testkit;

import tranche.core.fleet.StoreId;
import tranche.engine.fanout.StoreAccess;

final class InMemoryStoreAccessTest extends StoreAccessContract {
  private final InMemoryStoreAccess access =
      new InMemoryStoreAccess(FanoutWorld::server, FanoutWorld.noon(), StoreFaults.NONE);

  @Override
  protected StoreAccess access() {
    return access;
  }

  @Override
  protected StoreId create(String schema) {
    StoreId store = FanoutWorld.store("s1-d1", schema);
    access.create(store);
    return store;
  }

  @Override
  protected void drop(StoreId store) {
    access.drop(store);
  }

  @Override
  protected void addTable(StoreId store) {
    access.addTable(store);
  }
}
