package tranche.postgres.schema;

import java.util.Collection;
import java.util.Map;
import java.util.random.RandomGenerator;
import tranche.core.fleet.StoreId;
import tranche.core.release.Migration;
import tranche.core.release.Release;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;
import tranche.engine.schema.ChangeContext;
import tranche.engine.schema.SchemaDriver;
import tranche.postgres.database.Databases;

/// Changes and observes stores on PostgreSQL 15 or later. Safe for any number of threads; the
/// number of connections is bounded by [Databases].
public final class PostgresSchemaDriver implements SchemaDriver {
  private final VersionReader versions;
  private final Provisioning provisioning;
  private final Preflight preflight;
  private final Backup backup;
  private final MigrationRun migration;
  private final BackfillRun backfill;

  /// A driver over those databases.
  ///
  /// @param random varies the pauses between tries
  public PostgresSchemaDriver(
      Databases databases, SchemaSettings settings, RandomGenerator random) {
    var retry = new LockRetry(databases, settings.locks(), random);
    this.versions = new VersionReader(databases);
    this.provisioning = new Provisioning(databases, settings, retry);
    this.preflight = new Preflight(databases, settings);
    this.backup = new Backup(databases, settings);
    this.migration = new MigrationRun(databases, settings, retry);
    this.backfill = new BackfillRun(settings, retry);
  }

  @Override
  public Map<StoreId, SchemaVersion> versions(Collection<StoreId> stores) {
    return versions.read(stores);
  }

  @Override
  public void provision(StoreId store, ChangeContext context) {
    provisioning.run(store, context);
  }

  @Override
  public void preflight(StoreId store, Release release) {
    preflight.run(store, release);
  }

  @Override
  public String backup(StoreId store, Release release, ChangeContext context) {
    return backup.take(store, release, context);
  }

  @Override
  public String migrate(StoreId store, Migration change, ChangeContext context) {
    return change.phase() == SchemaPhase.BACKFILL
        ? backfill.run(store, change, context)
        : migration.run(store, change, context);
  }

  @Override
  public long finishBackfill(StoreId store, Migration change, ChangeContext context) {
    return backfill.finish(store, change, context);
  }
}
