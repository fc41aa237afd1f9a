package tranche.app.schema;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import tranche.engine.fanout.StoreAccess;
import tranche.postgres.adopt.ForeignTables;
import tranche.postgres.adopt.Writers;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.fanout.PostgresStoreAccess;

/// Puts together what reaches stores.
final class Stores {
  private Stores() {}

  static StoreAccess access(DatabaseDirectory directory) {
    return new PostgresStoreAccess(directory, Writers.of(ForeignTables.ORDINARY), random());
  }

  /// Safe for several threads.
  private static RandomGenerator random() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
