package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.testkit.FanoutWorld.store;
import static tranche.testkit.SampleMigrations.folder;
import static tranche.testkit.SampleMigrations.key;
import static tranche.testkit.SampleMigrations.table;
import static tranche.testkit.SampleMigrations.version;

import org.junit.jupiter.api.Test;
import tranche.core.fanout.OnError;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.FanoutSummary.Ending;
import tranche.engine.fanout.FanoutSummary.Exit;
import tranche.engine.fanout.FanoutSummary.Next;
import tranche.engine.fanout.StoreEnd;

final class FanoutTest {
  private final FanoutWorld world = new FanoutWorld(StoreFaults.NONE);

  @Test
  void every_store_gets_every_migration_once() {
    world.stores("tenants", "s1-a", 30).stores("tenants", "s2-a", 30);
    world.tenants(folder(table("1"), table("2")));

    FanoutSummary summary = world.run();

    assertThat(summary.exit()).isEqualTo(Exit.OK);
    assertThat(summary.counts().done()).isEqualTo(60);
    assertThat(summary.counts().migrations()).isEqualTo(120);
    assertThat(world.targets)
        .allSatisfy(
            t -> assertThat(world.access.executed(t.store())).containsExactly(key("1"), key("2")));
    assertThat(world.recorded.ends).hasSize(60);
    assertThat(world.recorded.toldTwice).isEmpty();
    assertThat(world.access.connections()).isZero();
    assertThat(world.access.openLeases()).isZero();
  }

  @Test
  void with_nothing_to_do_nothing_is_opened_or_leased() {
    world.stores("tenants", "s1-a", 1_200);
    world.tenants(folder(table("1")));
    assertThat(world.run().exit()).isEqualTo(Exit.OK);
    int opened = world.access.opened();
    int read = world.access.readStatements();

    FanoutSummary again = world.run();

    assertThat(again.counts().upToDate()).isEqualTo(1_200);
    assertThat(again.counts().done()).isZero();
    assertThat(world.access.opened()).isEqualTo(opened);
    assertThat(world.access.readStatements() - read).isEqualTo(3);
  }

  @Test
  void the_first_failure_ends_the_run_unless_told_otherwise() {
    world.stores("tenants", "s1-a", 200);
    world.tenants(folder(version("1", "SELECT 1/0", "")));
    world.settings = FanoutWorld.SETTINGS.withOnError(new OnError.Stop());

    FanoutSummary summary = world.run();

    assertThat(summary.ending()).isEqualTo(Ending.BUDGET_SPENT);
    assertThat(summary.counts().failed()).isBetween(1, 4);
    assertThat(summary.counts().notBegun()).isEqualTo(200 - summary.counts().failed());
    assertThat(summary.exit()).isEqualTo(Exit.FAILED);
    assertThat(summary.next()).isEqualTo(Next.FIX_AND_RUN_AGAIN);
    assertThat(summary.failures()).hasSize(1);
  }

  @Test
  void a_store_that_is_not_there_is_reported_and_does_not_fail() {
    world.stores("tenants", "s1-a", 3);
    world.tenants(folder(table("1")));
    world.access.drop(store("s1-a", "t0001"));

    FanoutSummary summary = world.run();

    assertThat(summary.exit()).isEqualTo(Exit.OK);
    assertThat(summary.counts().notThere()).isEqualTo(1);
    assertThat(world.recorded.ends.get(store("s1-a", "t0001")))
        .isEqualTo(new StoreEnd.NotThere(false));
    assertThat(summary.skipped())
        .singleElement()
        .satisfies(s -> assertThat(s.count()).isEqualTo(1));
  }
}
