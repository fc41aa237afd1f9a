package tranche.app.onboard;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import tranche.app.cli.Surroundings;
import tranche.app.schema.selection.EmbeddedServer;
import tranche.app.server.ConfiguredFleet;
import tranche.app.server.ControlRecords;
import tranche.config.TrancheConfig;
import tranche.engine.schema.SchemaDriver;
import tranche.postgres.database.ConnectionLimits;
import tranche.postgres.database.Databases;
import tranche.postgres.embedded.ServerAddress;
import tranche.postgres.onboard.NewStores;
import tranche.postgres.schema.LockPatience;
import tranche.postgres.schema.PostgresSchemaDriver;
import tranche.postgres.schema.SchemaSettings;

/// Everything that adding a tenant touches.
record Site(
    TrancheConfig config,
    ConfiguredFleet fleet,
    Databases databases,
    SchemaDriver driver,
    NewStores stores,
    Optional<ControlRecords> records,
    Surroundings surroundings)
    implements AutoCloseable {
  private static final Logger POOLS = Logger.getLogger("com.zaxxer.hikari");

  /// Connects to the control plane's database only; to others when they are asked for.
  ///
  /// @param data the data folder
  /// @throws tranche.core.problem.ProblemException if a server that is needed does not run
  static Site of(TrancheConfig config, Path data, Surroundings surroundings) {
    // What pools say of themselves is for those who run a server.
    POOLS.setLevel(Level.WARNING);
    Optional<ServerAddress> embedded = EmbeddedServer.ofStoresAndRecords(config, data);
    ConfiguredFleet fleet = ConfiguredFleet.ofNewStores(config, embedded, data);
    Optional<ControlRecords> records = ControlRecords.find(config, embedded);
    Databases databases = new Databases(fleet, ConnectionLimits.ORDINARY);
    SchemaDriver driver =
        new PostgresSchemaDriver(databases, settings(config, data), new SplittableRandom());
    return new Site(
        config, fleet, databases, driver, new NewStores(databases, driver), records, surroundings);
  }

  private static SchemaSettings settings(TrancheConfig config, Path data) {
    LockPatience usual = LockPatience.ORDINARY;
    SchemaSettings ordinary = SchemaSettings.in(data.resolve("backups"));
    return new SchemaSettings(
        ordinary.backupFolder(),
        new LockPatience(config.limits().lockTimeout(), usual.tries(), usual.pause()),
        config.limits().statementTimeout(),
        ordinary.backupLimit(),
        ordinary.backfill());
  }

  @Override
  public void close() {
    databases.close();
    records.ifPresent(ControlRecords::close);
  }
}
