package tranche.bench.contest;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import tranche.config.migration.FolderSettings;
import tranche.config.migration.MigrationFolder;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StorePlanning;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreSet;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StoreHistory;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.Fanout;
import tranche.engine.fanout.FanoutListener;
import tranche.engine.fanout.FanoutPlan;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.MigrationCompiler;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.SetJob;
import tranche.engine.fanout.Snapshot;
import tranche.engine.fanout.StoreEnd;
import tranche.engine.fanout.Targets;
import tranche.postgres.adopt.ForeignTables;
import tranche.postgres.adopt.Writers;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.Login;
import tranche.postgres.database.Server;
import tranche.postgres.database.SslMode;
import tranche.postgres.fanout.HistoryTakeover;
import tranche.postgres.fanout.PostgresStoreAccess;
import tranche.postgres.fanout.Takeover;
import tranche.sql.compile.Compiler;
import tranche.sql.parse.PgGrammar;

/// What `tranche schema apply` does, in this process: it reads the folder, understands what is
/// pending, reads all stores, and finds by itself how many connections are best.
///
/// Stores that have tables and no history are taken over on the way, as Flyway baselines them.
public final class TrancheFanout implements Contestant {
  private static final String SET = "tenants";
  private static final StoreHistory NOTHING =
      new StoreHistory(HistoryKind.TRANCHE, 0, List.of(), Optional.empty());

  @Override
  public String tool() {
    return "tranche";
  }

  @Override
  public int connections() {
    return 0;
  }

  @Override
  public void apply(Fleet fleet, Stage stage) {
    DatabaseDirectory directory = directory(fleet);
    PostgresStoreAccess access = access(directory);
    if (stage == Stage.FIRST) {
      takeOver(fleet, directory, access);
    }
    FanoutSummary summary =
        Fanout.run(request(fleet, folder(fleet, stage)), access, new Silent(), Clock.systemUTC());
    if (summary.exit() != FanoutSummary.Exit.OK) {
      throw new IllegalStateException("the fan-out failed: " + summary.failures());
    }
  }

  @Override
  public int pending(Fleet fleet, Stage stage) {
    StorePlanning planning = new StorePlanning(folder(fleet, stage), ApplyOptions.LATEST);
    Map<StoreId, StoreReading> readings =
        access(directory(fleet)).read(database(fleet), stores(fleet));
    return Math.toIntExact(
        readings.values().stream()
            .filter(reading -> !(planning.need(reading) instanceof StoreNeed.UpToDate))
            .count());
  }

  private static void takeOver(
      Fleet fleet, DatabaseDirectory directory, PostgresStoreAccess access) {
    RunId run = freshRun();
    var context =
        new RunContext(
            run, "bench", ChangeLimits.ORDINARY, List.of(), Map.of(), Map.of(), Hooks.NONE);
    var nothing =
        new Takeover(NOTHING, HistoryKind.TRANCHE, List.of(), List.of(), Optional.empty(), "");
    boolean isNew =
        access.read(database(fleet), stores(fleet)).values().stream()
            .anyMatch(StoreReading.Unmanaged.class::isInstance);
    if (!isNew) {
      return;
    }
    access.lease(database(fleet), run, java.time.Duration.ofMinutes(10));
    try (var takeover = HistoryTakeover.open(directory.access(database(fleet)), context)) {
      for (StoreId store : stores(fleet)) {
        if (takeover.take(store, nothing) != Takeover.Outcome.TAKEN) {
          throw new IllegalStateException(store + " was not taken over");
        }
      }
    }
    access.release(database(fleet), run);
  }

  private static FanoutRequest request(Fleet fleet, MigrationSet folder) {
    List<Targets.Target> targets =
        stores(fleet).stream().map(s -> new Targets.Target(s, SET, Optional.empty())).toList();
    var job = new SetJob.Job.Apply(folder, ApplyOptions.LATEST);
    return new FanoutRequest(
        freshRun(),
        "bench",
        List.of(new SetJob(SET, StoreSet.Role.TENANT, List.of(), job, List.of())),
        () -> new Targets(targets, List.of()),
        _ -> "the server",
        new Understanding(),
        Hooks.NONE,
        FanoutSettings.ORDINARY);
  }

  private static MigrationSet folder(Fleet fleet, Stage stage) {
    return MigrationFolder.read(fleet.migrations().flyway(stage), FolderSettings.DEFAULTS).set();
  }

  private static RunId freshRun() {
    return new RunId("s-" + Long.toString(System.nanoTime(), 36) + "0bench");
  }

  private static DatabaseId database(Fleet fleet) {
    return new DatabaseId(fleet.database());
  }

  private static List<StoreId> stores(Fleet fleet) {
    DatabaseId database = database(fleet);
    return fleet.schemas().stream().map(s -> new StoreId(database, s)).toList();
  }

  private static PostgresStoreAccess access(DatabaseDirectory directory) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    return new PostgresStoreAccess(directory, Writers.of(ForeignTables.ORDINARY), random);
  }

  private static DatabaseDirectory directory(Fleet fleet) {
    var server = new Server(fleet.server().host(), fleet.server().port(), SslMode.DISABLE);
    var access =
        new DatabaseAccess(
            database(fleet),
            new DatabaseAddress(server, fleet.database()),
            new Login(fleet.server().user(), fleet.server().password()),
            Optional.empty(),
            IfMissing.FAIL);
    return _ -> access;
  }

  /// Loads the grammar when the first migration is asked for, as the command does.
  private static final class Understanding implements MigrationCompiler {
    private final Map<SourceMigration, CompiledMigration> known = new ConcurrentHashMap<>();

    private static final class Holder {
      static final Compiler COMPILER = new Compiler(PgGrammar.load());
    }

    @Override
    public CompiledMigration migration(MigrationSet folder, SourceMigration migration) {
      return known.computeIfAbsent(migration, Holder.COMPILER::compile);
    }

    @Override
    public Map<CallbackEvent, List<CompiledCallback>> callbacks(MigrationSet folder) {
      return new EnumMap<>(CallbackEvent.class);
    }
  }

  /// Nobody watches a benchmark.
  private static final class Silent implements FanoutListener {
    @Override
    public void planned(FanoutPlan plan) {}

    @Override
    public void progress(Snapshot snapshot) {}

    @Override
    public void ended(StoreId store, StoreEnd end) {}
  }
}
