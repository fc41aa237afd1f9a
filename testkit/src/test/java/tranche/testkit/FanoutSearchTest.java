package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.testkit.SampleMigrations.folder;
import static tranche.testkit.SampleMigrations.requiring;
import static tranche.testkit.SampleMigrations.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.OnError;
import tranche.core.fanout.ParallelBounds;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.engine.fanout.FanoutRun;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.FanoutSummary.Ending;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.StoreEnd;
import tranche.engine.fanout.Targets.Target;

/// Runs over fleets, faults, budgets, stops and resumes that are drawn from a seed. Threads make no
/// two runs equal; what must hold, holds for all of them.
final class FanoutSearchTest {
  private static final int SEEDS = 400;

  /// Faults that happen at some places, each of them once or twice, and errors that stay.
  private static final class Drawn implements StoreFaults {
    private final long seed;
    private final int percent;
    private final Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger starts = new AtomicInteger();
    volatile boolean isCalm;
    volatile Optional<FanoutRun> stopped = Optional.empty();
    volatile int stopAt = Integer.MAX_VALUE;

    Drawn(long seed, int percent) {
      this.seed = seed;
      this.percent = percent;
    }

    /// Whether the migration can never run there.
    boolean isBroken(StoreId store, MigrationKey key) {
      return at(store, key.text()).nextInt(400) < percent;
    }

    private SplittableRandom at(StoreId store, String what) {
      return new SplittableRandom(seed ^ ((long) (store + " " + what).hashCode() << 20));
    }

    @Override
    public Fault at(StoreId store, MigrationKey key) {
      if (starts.incrementAndGet() == stopAt) {
        stopped.ifPresent(FanoutRun::stop);
      }
      if (isBroken(store, key)) {
        return new Fault.Refused("relation of " + store.schema() + " exists");
      }
      int count =
          times
              .computeIfAbsent(store + " " + key.text(), _ -> new AtomicInteger())
              .incrementAndGet();
      SplittableRandom random = at(store, key.text() + " " + count);
      if (isCalm || count > 2 || random.nextInt(100) >= percent) {
        return new Fault.None();
      }
      return switch (random.nextInt(6)) {
        case 0 -> new Fault.BrokenBefore();
        case 1 -> new Fault.BrokenAfter();
        case 2 -> new Fault.Busy();
        case 3 -> new Fault.Overtaken();
        case 4 -> new Fault.Slow(Duration.ofMillis(random.nextInt(3)));
        default -> new Fault.None();
      };
    }

    @Override
    public boolean givesConnection(DatabaseId database) {
      int count = connects.incrementAndGet();
      return isCalm || new SplittableRandom(seed + count).nextInt(300) >= percent;
    }
  }

  private static final class Case {
    private final long seed;
    private final SplittableRandom random;
    private final Drawn faults;
    private final FanoutWorld world;
    private final MigrationSet shared;
    private final MigrationSet tenants;
    private final int parallel;

    Case(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.faults = new Drawn(seed, random.nextInt(0, 25));
      this.world = new FanoutWorld(faults);
      this.shared = folder(table("1"), table("2"));
      this.tenants = folder(tenantMigrations());
      this.parallel = random.nextInt(1, 7);
      ParallelBounds bounds =
          random.nextBoolean()
              ? ParallelBounds.fixed(parallel, FanoutWorld.LAG)
              : ParallelBounds.adaptive(parallel, FanoutWorld.LAG);
      world.settings =
          FanoutWorld.SETTINGS.withParallel(bounds, parallel + 1).withOnError(onError());
      world.set("tenants", Role.TENANT, new Job.Apply(tenants, ApplyOptions.LATEST));
      fleet();
    }

    private SourceMigration[] tenantMigrations() {
      int count = random.nextInt(1, 4);
      List<SourceMigration> migrations = new ArrayList<>();
      boolean hasShared = random.nextBoolean();
      for (int i = 1; i <= count; i++) {
        String version = Integer.toString(i);
        migrations.add(
            hasShared && i == count ? requiring(version, "shared", "2") : table(version));
      }
      if (hasShared) {
        world.set("shared", Role.SHARED, new Job.Apply(shared, ApplyOptions.LATEST));
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
          world.add("shared", FanoutWorld.store("s0-d" + i, "shared"));
        }
      }
      return migrations.toArray(SourceMigration[]::new);
    }

    private OnError onError() {
      return switch (random.nextInt(3)) {
        case 0 -> new OnError.Stop();
        case 1 -> new OnError.Continue();
        default -> new OnError.Count(random.nextInt(10));
      };
    }

    private void fleet() {
      int servers = random.nextInt(1, 4);
      for (int s = 0; s < servers; s++) {
        int databases = random.nextInt(1, 6);
        for (int d = 0; d < databases; d++) {
          world.stores("tenants", "s" + s + "-d" + d, random.nextInt(0, 15));
        }
      }
    }

    private MigrationSet folderOf(Target target) {
      return target.set().equals("shared") ? shared : tenants;
    }

    private boolean isAtTarget(Target target) {
      return world
                  .access
                  .read(target.store().database(), List.of(target.store()))
                  .get(target.store())
              instanceof StoreReading.Managed(var history, _)
          && history.applied().stream()
              .map(AppliedMigration::key)
              .toList()
              .containsAll(
                  folderOf(target).migrations().stream().map(SourceMigration::key).toList());
    }

    void check() {
      if (random.nextInt(3) == 0) {
        faults.stopAt = random.nextInt(1, 60);
      }
      int runs = 0;
      while (runs < 4 && (runs == 0 || random.nextInt(3) > 0)) {
        runs++;
        boundedRun();
      }
      faults.isCalm = true;
      faults.stopAt = Integer.MAX_VALUE;
      world.settings = world.settings.withOnError(new OnError.Continue());
      FanoutSummary last = boundedRun();
      assertThat(last.ending()).as(text()).isEqualTo(Ending.COMPLETE);
      assertThat(last.counts().notBegun()).as(text()).isZero();
      world.targets.forEach(this::checkAfterLast);
    }

    private FanoutSummary boundedRun() {
      FanoutRun run = world.begin();
      faults.stopped = Optional.of(run);
      FanoutSummary summary = run.run();
      int failed = summary.counts().failed();
      int most = world.settings.onError().budget(summary.counts().total());
      long servers =
          world.targets.stream()
              .map(t -> t.store().database().value())
              .map(Case::server)
              .distinct()
              .count();
      assertThat((long) failed).as(text()).isLessThanOrEqualTo(most + servers * parallel);
      assertThat(world.access.connections()).as(text()).isZero();
      assertThat(world.access.openLeases()).as(text()).isZero();
      assertThat(world.recorded.toldTwice).as(text()).isEmpty();
      assertThat(summary.remarks()).as(text()).isEmpty();
      assertThat(world.recorded.ends.values()).as(text()).hasSize(summary.counts().ended());
      for (int s = 0; s < 4; s++) {
        assertThat(world.access.mostConnections("s" + s))
            .as(text())
            .isLessThanOrEqualTo(parallel + 1);
      }
      world.targets.forEach(this::checkAlways);
      return summary;
    }

    private static String server(String database) {
      return database.split("-", -1)[0];
    }

    private void checkAlways(Target target) {
      assertThat(world.access.executed(target.store())).as(text()).doesNotHaveDuplicates();
      StoreEnd end = world.recorded.ends.get(target.store());
      boolean isDone = end instanceof StoreEnd.Done || end instanceof StoreEnd.UpToDate;
      assertThat(!isDone || isAtTarget(target)).as("%s %s %s", text(), target, end).isTrue();
      if (target.set().equals("tenants") && requires(target)) {
        assertThat(world.targets)
            .as(text())
            .filteredOn(t -> t.set().equals("shared"))
            .allMatch(this::isAtTarget);
      }
    }

    /// Whether a migration ran there that requires the shared stores.
    private boolean requires(Target target) {
      List<MigrationKey> ran = world.access.executed(target.store());
      return tenants.migrations().stream()
          .anyMatch(m -> !m.requires().isEmpty() && ran.contains(m.key()));
    }

    private void checkAfterLast(Target target) {
      boolean isBroken =
          folderOf(target).migrations().stream()
              .anyMatch(m -> faults.isBroken(target.store(), m.key()));
      StoreEnd end = world.recorded.ends.get(target.store());
      if (isBroken) {
        assertThat(end)
            .as("%s %s", text(), target)
            .isInstanceOfAny(StoreEnd.Failed.class, StoreEnd.Blocked.class);
      } else if (end instanceof StoreEnd.Blocked) {
        assertThat(target.set()).as(text()).isEqualTo("tenants");
      } else {
        assertThat(isAtTarget(target)).as("%s %s %s", text(), target, end).isTrue();
      }
    }

    private String text() {
      return "seed " + seed;
    }
  }

  @Test
  void whatever_goes_wrong_every_store_ends_at_its_target_or_is_reported() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Case(seed).check();
    }
  }
}
