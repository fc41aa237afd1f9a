package tranche.postgres.adopt;

import tranche.core.fleet.StoreId;

/// The advisory lock by which Flyway excludes itself: a constant plus Java's hash of the quoted
/// name of its history table. Whoever holds it keeps a booting application from migrating, and
/// waits for one that is.
///
/// The number was read off Flyway 13 and is the same since Flyway 4; a test compares it with what
/// the library asks the server for.
final class FlywayLock {
  private static final long BASE = 77_431_708_279_161L;

  private FlywayLock() {}

  static long of(StoreId store, ForeignTables tables) {
    String table = "\"" + store.schema() + "\".\"" + tables.flyway() + "\"";
    return BASE + table.hashCode();
  }
}
