package tranche.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.OnError;
import tranche.core.fanout.ParallelBounds;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationSet;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.FanoutListener;
import tranche.engine.fanout.FanoutPlan;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutRun;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.FanoutSettings.Retries;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.MigrationCompiler;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.SetJob;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.Snapshot;
import tranche.engine.fanout.StoreEnd;
import tranche.engine.fanout.Targets;
import tranche.engine.fanout.Targets.Target;

/// A fleet in memory and what a test wants to know about runs over it. The server of database
/// `s1-d2` is `s1`.
final class FanoutWorld {
  static final Duration LAG = Duration.ofSeconds(10);
  static final FanoutSettings SETTINGS =
      new FanoutSettings(
          ChangeLimits.ORDINARY,
          new OnError.Continue(),
          ParallelBounds.fixed(4, LAG),
          5,
          Duration.ofSeconds(30),
          new Retries(3, 3, 3, 3, Duration.ofMillis(1), Duration.ofMillis(4)),
          Duration.ofMillis(5),
          Duration.ofMillis(50),
          3);

  final InMemoryStoreAccess access;
  final List<Target> targets = new CopyOnWriteArrayList<>();
  final List<SetJob> sets = new ArrayList<>();
  final Recorded recorded = new Recorded();
  FanoutSettings settings = SETTINGS;
  Hooks hooks = Hooks.NONE;
  MigrationCompiler compiler = SampleMigrations.compiler();
  private int runs;

  FanoutWorld(StoreFaults faults) {
    this(faults, InstantSource.system());
  }

  FanoutWorld(StoreFaults faults, InstantSource clock) {
    this.access = new InMemoryStoreAccess(FanoutWorld::server, clock, faults);
  }

  static String server(DatabaseId database) {
    return database.value().split("-", -1)[0];
  }

  static StoreId store(String database, String schema) {
    return new StoreId(new DatabaseId(database), schema);
  }

  /// Everything that a listener was told.
  static final class Recorded implements FanoutListener {
    final List<FanoutPlan> plans = new CopyOnWriteArrayList<>();
    final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
    final Map<StoreId, StoreEnd> ends = new ConcurrentHashMap<>();
    final List<StoreId> toldTwice = new CopyOnWriteArrayList<>();

    @Override
    public void planned(FanoutPlan plan) {
      plans.add(plan);
    }

    @Override
    public void progress(Snapshot snapshot) {
      snapshots.add(snapshot);
    }

    @Override
    public void ended(StoreId store, StoreEnd end) {
      if (ends.put(store, end) != null) {
        toldTwice.add(store);
      }
    }

    void forget() {
      plans.clear();
      snapshots.clear();
      ends.clear();
    }
  }

  /// Creates stores `t0000`, ... of one set in one database.
  FanoutWorld stores(String set, String database, int count) {
    for (int i = 0; i < count; i++) {
      add(set, store(database, "t%04d".formatted(i)));
    }
    return this;
  }

  void add(String set, StoreId store) {
    access.create(store);
    targets.add(new Target(store, set, Optional.empty()));
  }

  FanoutWorld tenants(MigrationSet folder) {
    return set("tenants", Role.TENANT, new Job.Apply(folder, ApplyOptions.LATEST));
  }

  FanoutWorld set(String name, Role role, Job job) {
    boolean _ = sets.removeIf(s -> s.name().equals(name));
    sets.add(new SetJob(name, role, List.of(), job, List.of()));
    return this;
  }

  FanoutRequest request() {
    runs++;
    return new FanoutRequest(
        new RunId("s-%026d".formatted(runs)),
        "ann",
        sets,
        () -> new Targets(targets, List.of()),
        FanoutWorld::server,
        compiler,
        hooks,
        settings);
  }

  FanoutRun begin() {
    recorded.forget();
    return new FanoutRun(request(), access, recorded, InstantSource.system());
  }

  FanoutSummary run() {
    return begin().run();
  }

  static InstantSource noon() {
    return () -> Instant.parse("2026-11-02T12:00:00Z");
  }
}
