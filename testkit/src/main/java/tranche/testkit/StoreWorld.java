package tranche.testkit;

import tranche.core.fleet.StoreId;
import tranche.engine.fanout.StoreAccess;

/// The stores that a test of a [StoreAccess] works on. Each test has a new world.
public interface StoreWorld {
  /// The access to test.
  StoreAccess access();

  /// Creates an empty schema. All schemas of a world are in one database, which holds nothing else.
  StoreId create(String schema);

  /// Drops a schema that [#create(String)] made.
  void drop(StoreId store);

  /// Creates a table in the store without saying so in any history.
  void addTable(StoreId store);
}
