package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static tranche.testkit.FanoutWorld.store;
import static tranche.testkit.SampleMigrations.folder;
import static tranche.testkit.SampleMigrations.key;
import static tranche.testkit.SampleMigrations.table;
import static tranche.testkit.SampleMigrations.version;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tranche.core.fanout.OnError;
import tranche.core.fanout.ParallelBounds;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationKey;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.FanoutRun;
import tranche.engine.fanout.FanoutSettings;
import tranche.engine.fanout.FanoutSettings.Retries;
import tranche.engine.fanout.FanoutSummary;
import tranche.engine.fanout.FanoutSummary.Ending;
import tranche.engine.fanout.FanoutSummary.Exit;
import tranche.engine.fanout.FanoutSummary.Next;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.ServerRoom;
import tranche.engine.fanout.StoreEnd;
import tranche.testkit.StoreFaults.Fault;

/// What a run does when things go wrong, one thing at a time.
@Timeout(30)
final class FanoutTroubleTest {
  private static final StoreId FIRST = store("s1-a", "t0000");

  /// A fault for the first try of a store, none later.
  private static StoreFaults once(BiFunction<StoreId, MigrationKey, Fault> fault) {
    Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
    return (store, key) ->
        times.computeIfAbsent(store + key.text(), _ -> new AtomicInteger()).getAndIncrement() == 0
            ? fault.apply(store, key)
            : new Fault.None();
  }

  private static FanoutWorld world(StoreFaults faults, int stores) {
    return new FanoutWorld(faults).stores("tenants", "s1-a", stores).tenants(folder(table("1")));
  }

  @Test
  void a_commit_whose_answer_was_lost_is_not_repeated() {
    FanoutWorld world = world(once((_, _) -> new Fault.BrokenAfter()), 20);

    FanoutSummary summary = world.run();

    assertThat(summary.exit()).isEqualTo(Exit.OK);
    assertThat(summary.counts().done()).isEqualTo(20);
    assertThat(world.targets)
        .allSatisfy(t -> assertThat(world.access.executed(t.store())).containsExactly(key("1")));
  }

  @Test
  void a_store_whose_connection_breaks_every_time_fails_after_some_tries() {
    AtomicInteger tries = new AtomicInteger();
    FanoutWorld world =
        world(
            (store, _) -> {
              if (store.equals(FIRST)) {
                tries.incrementAndGet();
                return new Fault.BrokenBefore();
              }
              return new Fault.None();
            },
            5);

    FanoutSummary summary = world.run();

    assertThat(summary.counts().failed()).isEqualTo(1);
    assertThat(summary.failures().getFirst().problem().code()).isEqualTo("connection-lost");
    assertThat(tries.get()).isEqualTo(1 + FanoutWorld.SETTINGS.retries().broken());
  }

  @Test
  void a_busy_store_goes_to_the_end_of_the_queue() {
    List<StoreId> order = Collections.synchronizedList(new ArrayList<>());
    StoreFaults faults =
        once((store, _) -> store.equals(FIRST) ? new Fault.Busy() : new Fault.None());
    FanoutWorld world =
        world(
            (store, key) -> {
              order.add(store);
              return faults.at(store, key);
            },
            30);
    world.settings = FanoutWorld.SETTINGS.withParallel(ParallelBounds.fixed(1, FanoutWorld.LAG), 2);

    assertThat(world.run().exit()).isEqualTo(Exit.OK);
    assertThat(order).hasSize(31);
    assertThat(order.getFirst()).isEqualTo(FIRST);
    assertThat(order.getLast()).isEqualTo(FIRST);
  }

  @Test
  void a_store_that_is_always_busy_fails_in_the_end() {
    FanoutWorld world = world((_, _) -> new Fault.Busy(), 2);

    FanoutSummary summary = world.run();

    assertThat(summary.failures())
        .singleElement()
        .satisfies(f -> assertThat(f.problem().code()).isEqualTo("store-busy"));
    assertThat(summary.counts().failed()).isEqualTo(2);
  }

  @Test
  void a_store_that_somebody_else_migrated_meanwhile_is_decided_anew() {
    FanoutWorld world = world(once((_, _) -> new Fault.Overtaken()), 6);

    FanoutSummary summary = world.run();

    assertThat(summary.exit()).isEqualTo(Exit.OK);
    assertThat(summary.counts().done()).isEqualTo(6);
    assertThat(summary.counts().migrations()).isZero();
  }

  @Test
  void what_the_run_had_done_before_somebody_else_went_on_is_reported_too() {
    FanoutWorld world =
        new FanoutWorld(
                once((_, key) -> key.equals(key("2")) ? new Fault.Overtaken() : new Fault.None()))
            .tenants(folder(table("1"), table("2"), table("3")))
            .stores("tenants", "s1-d1", 1);

    FanoutSummary summary = world.run();

    assertThat(world.recorded.ends.values())
        .singleElement()
        .isInstanceOfSatisfying(
            StoreEnd.Done.class,
            done -> assertThat(done.ran()).containsExactly(key("1"), key("3")));
    assertThat(summary.counts().migrations()).isEqualTo(2);
  }

  @Test
  void a_store_that_vanishes_is_reported_and_does_not_fail() {
    FanoutWorld world =
        world((store, _) -> store.equals(FIRST) ? new Fault.Dropped() : new Fault.None(), 4);

    FanoutSummary summary = world.run();

    assertThat(summary.exit()).isEqualTo(Exit.OK);
    assertThat(world.recorded.ends.get(FIRST)).isEqualTo(new StoreEnd.NotThere(true));
    assertThat(summary.skipped().getFirst().reason()).contains("gone");
  }

  @Test
  void fifty_databases_on_one_server_never_have_more_connections_than_allowed() {
    FanoutWorld world =
        new FanoutWorld((_, _) -> new Fault.Slow(Duration.ofMillis(1)))
            .tenants(folder(table("1"), table("2")));
    for (int i = 0; i < 50; i++) {
      world.stores("tenants", "s1-d" + i, 4);
    }
    world.settings = FanoutWorld.SETTINGS.withParallel(ParallelBounds.fixed(6, FanoutWorld.LAG), 7);

    assertThat(world.run().counts().done()).isEqualTo(200);
    assertThat(world.access.mostConnections("s1")).isBetween(4, 7);
    // A worker stays with a database until nothing waits there.
    assertThat(world.access.opened()).isLessThanOrEqualTo(60);
  }

  @Test
  void connections_are_replaced_after_a_number_of_stores() {
    FanoutWorld world = world(StoreFaults.NONE, 100);
    world.settings =
        FanoutWorld.SETTINGS
            .withParallel(ParallelBounds.fixed(1, FanoutWorld.LAG), 2)
            .withLimits(new ChangeLimits(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 10));

    assertThat(world.run().counts().done()).isEqualTo(100);
    assertThat(world.access.opened()).isEqualTo(10);
    assertThat(world.access.mostConnections("s1")).isLessThanOrEqualTo(2);
  }

  /// Gives no connection for the first so many times it is asked.
  private static StoreFaults shortOf(int times, String database) {
    AtomicInteger asked = new AtomicInteger();
    return new StoreFaults() {
      @Override
      public Fault at(StoreId store, MigrationKey migration) {
        return new Fault.None();
      }

      @Override
      public boolean givesConnection(DatabaseId id) {
        return !id.value().equals(database) || asked.incrementAndGet() > times;
      }
    };
  }

  @Test
  void want_of_connections_is_waited_for() {
    FanoutWorld world = world(shortOf(6, "s1-a"), 40);
    world.settings = withConnects(10);

    FanoutSummary summary = world.run();

    assertThat(summary.exit()).isEqualTo(Exit.OK);
    assertThat(summary.counts().done()).isEqualTo(40);
  }

  private static FanoutSettings withConnects(int connects) {
    FanoutSettings s = FanoutWorld.SETTINGS;
    return new FanoutSettings(
        s.limits(),
        s.onError(),
        s.parallel(),
        s.serverConnections(),
        s.lease(),
        new Retries(connects, 3, 3, 3, Duration.ofMillis(1), Duration.ofMillis(4)),
        s.pulse(),
        s.grace(),
        s.lateRounds());
  }

  @Test
  void a_database_that_never_gives_a_connection_fails_and_the_others_go_on() {
    FanoutWorld world =
        new FanoutWorld(shortOf(Integer.MAX_VALUE, "s1-a")).tenants(folder(table("1")));
    world.stores("tenants", "s1-a", 10).stores("tenants", "s1-b", 10).stores("tenants", "s2", 10);

    FanoutSummary summary = world.run();

    assertThat(summary.counts().done()).isEqualTo(20);
    assertThat(summary.counts().failed()).isEqualTo(10);
    assertThat(summary.failures())
        .singleElement()
        .satisfies(f -> assertThat(f.problem().code()).isEqualTo("no-connection-free"));
  }

  @Test
  void a_run_whose_lease_ended_begins_nothing_more_there() {
    FanoutWorld world =
        world((store, _) -> store.equals(FIRST) ? new Fault.LeaseEnds() : new Fault.None(), 50);
    world.settings = world.settings.withOnError(new OnError.Stop());

    FanoutSummary summary = world.run();

    assertThat(summary.failures().getFirst().problem().code()).isEqualTo("run-lease-ended");
    assertThat(summary.counts().notBegun()).isPositive();
    assertThat(world.run().exit()).isEqualTo(Exit.FAILED);
  }

  @Test
  void a_lease_that_cannot_be_renewed_keeps_stores_from_beginning() {
    AtomicInteger asked = new AtomicInteger();
    StoreFaults faults =
        new StoreFaults() {
          @Override
          public Fault at(StoreId store, MigrationKey migration) {
            return new Fault.Slow(Duration.ofMillis(20));
          }

          @Override
          public boolean givesLease(DatabaseId database) {
            return asked.incrementAndGet() == 1;
          }
        };
    FanoutWorld world = world(faults, 400);
    FanoutSettings s = FanoutWorld.SETTINGS;
    world.settings =
        new FanoutSettings(
            s.limits(),
            s.onError(),
            ParallelBounds.fixed(1, FanoutWorld.LAG),
            2,
            Duration.ofMillis(300),
            s.retries(),
            s.pulse(),
            s.grace(),
            s.lateRounds());

    FanoutSummary summary = world.run();

    assertThat(asked.get()).isGreaterThan(1);
    assertThat(summary.counts().done()).isBetween(1, 40);
    assertThat(summary.failures())
        .allSatisfy(f -> assertThat(f.problem().code()).isEqualTo("run-lease-not-renewed"));
    assertThat(summary.counts().failed() + summary.counts().done()).isEqualTo(400);
  }

  @Test
  void a_lease_is_renewed_while_the_run_lasts() {
    FanoutWorld world = world((_, _) -> new Fault.Slow(Duration.ofMillis(15)), 200);
    FanoutSettings s = FanoutWorld.SETTINGS;
    world.settings =
        new FanoutSettings(
            s.limits(),
            s.onError(),
            ParallelBounds.fixed(2, FanoutWorld.LAG),
            3,
            Duration.ofSeconds(1),
            s.retries(),
            s.pulse(),
            s.grace(),
            s.lateRounds());

    assertThat(world.run().counts().done()).isEqualTo(200);
  }

  @Test
  void a_stop_lets_running_stores_finish_and_begins_no_other() throws Exception {
    CountDownLatch begun = new CountDownLatch(4);
    CountDownLatch go = new CountDownLatch(1);
    FanoutWorld world =
        world(
            (_, _) -> {
              begun.countDown();
              await(go);
              return new Fault.None();
            },
            50);
    FanoutRun run = world.begin();
    Thread stopping =
        Thread.ofPlatform()
            .start(() -> {
              await(begun);
              run.stop();
              go.countDown();
            });

    FanoutSummary summary = run.run();
    stopping.join();

    assertThat(summary.ending()).isEqualTo(Ending.STOPPED);
    assertThat(summary.counts().done()).isEqualTo(4);
    assertThat(summary.counts().notBegun()).isEqualTo(46);
    assertThat(summary.exit()).isEqualTo(Exit.INTERRUPTED);
    assertThat(summary.next()).isEqualTo(Next.RUN_AGAIN);
    assertThat(world.access.openLeases()).isZero();
    assertThat(world.run().counts().done()).isEqualTo(46);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stores_that_do_not_finish_after_a_stop_are_cancelled() {
    FanoutWorld[] made = new FanoutWorld[1];
    FanoutRun[] run = new FanoutRun[1];
    AtomicInteger asked = new AtomicInteger();
    made[0] =
        world(
            (_, _) -> {
              if (asked.incrementAndGet() > 1) {
                return new Fault.None();
              }
              run[0].stop();
              return new Fault.Slow(Duration.ofMinutes(5));
            },
            50);
    run[0] = made[0].begin();

    FanoutSummary summary = run[0].run();

    assertThat(summary.ending()).isEqualTo(Ending.STOPPED);
    assertThat(summary.counts().interrupted()).isEqualTo(1);
    assertThat(summary.counts().failed()).isZero();
    assertThat(made[0].run().exit()).isEqualTo(Exit.OK);
  }

  @Test
  void an_interrupted_caller_gets_a_summary_and_keeps_its_flag() {
    FanoutWorld world = world(once((_, _) -> new Fault.Slow(Duration.ofMinutes(5))), 50);
    FanoutRun run = world.begin();
    Thread.currentThread().interrupt();

    FanoutSummary summary = run.run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(summary.ending()).isEqualTo(Ending.STOPPED);
    assertThat(world.access.connections()).isZero();
  }

  @Test
  void a_server_without_room_is_said_before_anything_begins() {
    FanoutWorld world = world(StoreFaults.NONE, 5);
    world.access.room(new ServerRoom(100, 94, 64, Optional.empty(), 0));

    ProblemException thrown = catchThrowableOfType(ProblemException.class, world::run);

    assertThat(thrown.problem().code()).isEqualTo("server-full");
    assertThat(world.access.opened()).isZero();
    world.access.room(new ServerRoom(100, 91, 64, Optional.empty(), 0));
    assertThat(world.run().exit()).isEqualTo(Exit.OK);
    assertThat(world.access.mostConnections("s1")).isLessThanOrEqualTo(4);
  }

  @Test
  void a_replica_that_falls_behind_slows_the_run_down() {
    FanoutWorld world = world((_, _) -> new Fault.Slow(Duration.ofMillis(4)), 600);
    world.settings =
        FanoutWorld.SETTINGS.withParallel(ParallelBounds.fixed(4, Duration.ofSeconds(1)), 5);
    world.access.room(new ServerRoom(97, 0, 64, Optional.of(Duration.ofMinutes(1)), 0));

    assertThat(world.run().counts().done()).isEqualTo(600);
    assertThat(
            world.recorded.snapshots.stream()
                .flatMap(s -> s.servers().stream())
                .mapToInt(server -> server.limit())
                .min())
        .hasValue(1);
  }

  @Test
  void a_defect_ends_the_run_and_is_not_hidden() {
    FanoutWorld world =
        world(
            (_, _) -> {
              throw new IllegalStateException("a bug");
            },
            5);

    assertThat(catchThrowableOfType(IllegalStateException.class, world::run)).hasMessage("a bug");
    assertThat(world.access.connections()).isZero();
  }

  /// Hooks that keep what they were told and say no to one of them.
  private static final class Told implements Hooks {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Event refused;

    Told(Event refused) {
      this.refused = refused;
    }

    @Override
    public boolean wants(Event event) {
      return event != Event.AFTER_MIGRATION;
    }

    @Override
    public Result call(Context context) {
      told.add(context.event().word() + context.store().map(s -> " " + s.schema()).orElse(""));
      return context.event() == refused
          ? new Result.Fail(
              new RecordedProblem("hook-failed", ProblemKind.FAILED, "no", "no", "no"))
          : new Result.Proceed();
    }
  }

  @Test
  void hooks_are_called_around_the_run_and_each_store() {
    FanoutWorld world = world(StoreFaults.NONE, 1);
    Told hooks = new Told(Hooks.Event.ON_ERROR);
    world.hooks = hooks;

    assertThat(world.run().exit()).isEqualTo(Exit.OK);
    assertThat(hooks.told)
        .containsExactly(
            "before_run",
            "before_store t0000",
            "before_migration t0000",
            "after_store t0000",
            "after_run");
    hooks.told.clear();
    assertThat(world.run().exit()).isEqualTo(Exit.OK);
    assertThat(hooks.told).as("nothing to do").isEmpty();
  }

  @Test
  void a_hook_before_the_run_can_keep_it_from_beginning() {
    FanoutWorld world = world(StoreFaults.NONE, 3);
    world.hooks = new Told(Hooks.Event.BEFORE_RUN);

    assertThat(catchThrowableOfType(ProblemException.class, world::run).problem().code())
        .isEqualTo("hook-failed");
    assertThat(world.access.opened()).isZero();
  }

  @Test
  void a_hook_before_a_store_fails_the_store() {
    FanoutWorld world = world(StoreFaults.NONE, 3);
    Told hooks = new Told(Hooks.Event.BEFORE_STORE);
    world.hooks = hooks;

    assertThat(world.run().counts().failed()).isEqualTo(3);
    assertThat(world.access.executed(FIRST)).isEmpty();
    assertThat(hooks.told).contains("on_error t0000");
  }

  @Test
  void a_hook_after_a_store_is_reported_and_the_store_stays_done() {
    FanoutWorld world = world(StoreFaults.NONE, 3);
    world.hooks = new Told(Hooks.Event.AFTER_STORE);

    FanoutSummary summary = world.run();

    assertThat(summary.counts().done()).isEqualTo(3);
    assertThat(summary.remarks()).hasSize(3);
    assertThat(summary.exit()).isEqualTo(Exit.FAILED);
  }

  @Test
  void ten_thousand_failures_are_counted_and_not_kept() {
    FanoutWorld world =
        new FanoutWorld(StoreFaults.NONE)
            .stores("tenants", "s1-a", 5_000)
            .stores("tenants", "s2-a", 5_000)
            .tenants(folder(version("1", "SELECT 1/0", "")));

    FanoutSummary summary = world.run();

    assertThat(summary.counts().failed()).isEqualTo(10_000);
    assertThat(summary.failures())
        .singleElement()
        .satisfies(f -> {
          assertThat(f.count()).isEqualTo(10_000);
          assertThat(f.first()).hasSize(5);
        });
  }

  @Test
  void a_plan_says_what_will_be_done_and_does_nothing() throws Exception {
    FanoutWorld world = world(StoreFaults.NONE, 10);

    var plan = world.begin().plan();

    assertThat(plan.moving()).isEqualTo(10);
    assertThat(plan.shapes()).hasSize(1);
    assertThat(world.access.opened()).isZero();
    assertThat(world.access.executed(FIRST)).isEmpty();
  }
}
