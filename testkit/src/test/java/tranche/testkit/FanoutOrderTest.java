package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static tranche.testkit.FanoutWorld.store;
import static tranche.testkit.SampleMigrations.folder;
import static tranche.testkit.SampleMigrations.key;
import static tranche.testkit.SampleMigrations.requiring;
import static tranche.testkit.SampleMigrations.table;
import static tranche.testkit.SampleMigrations.version;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.RevertOptions;
import tranche.core.fanout.RevertOptions.DataLoss;
import tranche.core.fanout.RevertOptions.Scope;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.Requirement;
import tranche.core.problem.ProblemException;
import tranche.core.release.SchemaVersion;
import tranche.engine.fanout.Blocker;
import tranche.engine.fanout.Fanout;
import tranche.engine.fanout.FanoutRequest;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.FanoutSummary.Exit;
import tranche.engine.fanout.SetJob.Job;
import tranche.engine.fanout.StoreEnd;
import tranche.engine.fanout.Targets;

/// Which stores come before which, and what happens to those behind one that failed.
final class FanoutOrderTest {
  private static final StoreId SHARED = store("s1-main", "shared");

  /// Keeps the order in which stores began.
  private static final class Order implements StoreFaults {
    private final List<StoreId> began = new CopyOnWriteArrayList<>();

    @Override
    public Fault at(StoreId store, MigrationKey migration) {
      began.add(store);
      return new Fault.None();
    }
  }

  private final Order order = new Order();
  private final FanoutWorld world = new FanoutWorld(order);

  private static Job apply(MigrationSet folder) {
    return new Job.Apply(folder, ApplyOptions.LATEST);
  }

  private void hybrid(MigrationSet shared, MigrationSet tenants) {
    world.set("tenants", Role.TENANT, apply(tenants));
    world.set("shared", Role.SHARED, apply(shared));
    world.stores("tenants", "s1-a", 5).stores("tenants", "s2-a", 5);
    world.add("shared", SHARED);
  }

  @Test
  void shared_stores_come_before_those_of_tenants() {
    hybrid(folder(table("1"), table("2")), folder(requiring("1", "shared", "2")));

    assertThat(world.run().exit()).isEqualTo(Exit.OK);
    assertThat(order.began.subList(0, 2)).containsOnly(SHARED);
    assertThat(order.began.subList(2, 12)).doesNotContain(SHARED);
  }

  @Test
  void a_shared_store_that_failed_keeps_those_of_tenants_from_beginning() {
    hybrid(folder(version("1", "SELECT 1/0", "")), folder(table("1")));

    FanoutSummary summary = world.run();

    assertThat(summary.counts().failed()).isEqualTo(1);
    assertThat(summary.counts().blocked()).isEqualTo(10);
    assertThat(summary.exit()).isEqualTo(Exit.FAILED);
    assertThat(world.recorded.ends.get(store("s1-a", "t0000")))
        .isEqualTo(new StoreEnd.Blocked(new Blocker.SetFailed("shared", SHARED)));
    assertThat(order.began).containsOnly(SHARED);
    assertThat(summary.skipped().getFirst().reason()).contains("s1-main/shared");
  }

  @Test
  void a_requirement_that_an_observed_set_does_not_meet_blocks() {
    world.set("tenants", Role.TENANT, apply(folder(table("1"), requiring("2", "shared", "12"))));
    world.set("shared", Role.SHARED, new Job.Observe());
    world.stores("tenants", "s1-a", 3);
    world.add("shared", SHARED);

    FanoutSummary summary = world.run();

    Requirement unmet = new Requirement("shared", new SchemaVersion("12"));
    assertThat(summary.counts().total()).isEqualTo(3);
    assertThat(world.recorded.ends.get(store("s1-a", "t0000")))
        .isEqualTo(
            new StoreEnd.Blocked(new Blocker.RequirementUnmet(unmet, SHARED, SchemaVersion.NONE)));
    assertThat(world.access.executed(store("s1-a", "t0000"))).isEmpty();
  }

  @Test
  void sets_that_wait_for_each_other_are_refused_before_anything_is_read() {
    hybrid(folder(requiring("1", "tenants", "1")), folder(table("1")));

    ProblemException thrown = catchThrowableOfType(ProblemException.class, world::run);

    assertThat(thrown.problem().code()).isEqualTo("store-sets-in-circle");
    assertThat(world.access.readStatements()).isZero();
  }

  @Test
  void taking_back_goes_the_other_way_round() {
    hybrid(folder(table("1"), table("2")), folder(table("1"), table("2")));
    assertThat(world.run().exit()).isEqualTo(Exit.OK);
    order.began.clear();
    Job revert =
        new Job.Revert(
            new RevertOptions(new Scope.DownTo(new SchemaVersion("1")), DataLoss.REFUSED));
    world.set("tenants", Role.TENANT, revert);
    world.set("shared", Role.SHARED, revert);

    FanoutSummary summary = world.run();

    assertThat(summary.exit()).isEqualTo(Exit.OK);
    assertThat(summary.counts().done()).isEqualTo(11);
    assertThat(order.began.getLast()).isEqualTo(SHARED);
    assertThat(world.run().counts().upToDate()).isEqualTo(11);
  }

  @Test
  void what_cannot_be_taken_back_is_named_and_nothing_is() {
    world.tenants(folder(table("1"), version("2", "DELETE FROM t_1", "")));
    world.stores("tenants", "s1-a", 4);
    assertThat(world.run().exit()).isEqualTo(Exit.OK);
    order.began.clear();
    world.set(
        "tenants",
        Role.TENANT,
        new Job.Revert(new RevertOptions(new Scope.Last(2), DataLoss.ACCEPTED)));

    FanoutSummary summary = world.run();

    assertThat(summary.counts().failed()).isEqualTo(4);
    assertThat(summary.failures())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.problem().code()).isEqualTo("undo-unknown");
          assertThat(f.count()).isEqualTo(4);
        });
    assertThat(order.began).isEmpty();
  }

  @Test
  void stores_that_join_while_the_run_is_under_way_are_done_too() {
    world.tenants(folder(table("1")));
    world.stores("tenants", "s1-a", 3);
    StoreId late = store("s1-a", "late");
    StoreId later = store("s3-new", "later");
    var request = world.request();
    int[] asked = new int[1];
    var source =
        new Targets.Source() {
          @Override
          public Targets current() {
            asked[0]++;
            if (asked[0] == 2) {
              world.add("tenants", late);
            } else if (asked[0] == 3) {
              world.add("tenants", later);
            }
            return new Targets(world.targets, List.of());
          }
        };
    var joining =
        new FanoutRequest(
            request.run(),
            request.person(),
            request.sets(),
            source,
            request.servers(),
            request.compiler(),
            request.hooks(),
            request.settings());

    FanoutSummary summary =
        Fanout.run(joining, world.access, world.recorded, InstantSource.system());

    assertThat(summary.counts().late()).isEqualTo(2);
    assertThat(summary.counts().done()).isEqualTo(5);
    assertThat(world.access.executed(late)).containsExactly(key("1"));
    assertThat(world.access.executed(later)).containsExactly(key("1"));
    assertThat(world.recorded.plans).hasSize(3);
    assertThat(summary.exit()).isEqualTo(Exit.OK);
  }
}
