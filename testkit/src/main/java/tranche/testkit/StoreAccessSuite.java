package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.Problem;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.StoreAccess;
import tranche.engine.fanout.StoreConnection;

/// What the suites for [StoreAccess] have in common.
abstract class StoreAccessSuite {
  static final Duration LEASE = Duration.ofMinutes(5);
  static final RunId RUN = new RunId("s-contract0000000000000001");
  static final RunId OTHER = new RunId("s-contract0000000000000002");
  static final StoreHistory EMPTY =
      new StoreHistory(HistoryKind.TRANCHE, 0, List.of(), Optional.empty());

  private final StoreWorld world;

  StoreAccessSuite(StoreWorld world) {
    this.world = world;
  }

  StoreAccess access() {
    return world.access();
  }

  StoreId create(String schema) {
    return world.create(schema);
  }

  void drop(StoreId store) {
    world.drop(store);
  }

  void addTable(StoreId store) {
    world.addTable(store);
  }

  static RunContext context(RunId run, Hooks hooks) {
    return new RunContext(run, "ann", ChangeLimits.ORDINARY, List.of(), Map.of(), Map.of(), hooks);
  }

  StoreReading read(StoreId store) {
    return Objects.requireNonNull(access().read(store.database(), List.of(store)).get(store));
  }

  StoreHistory history(StoreId store) {
    assertThat(read(store)).isInstanceOf(StoreReading.Managed.class);
    return ((StoreReading.Managed) read(store)).history();
  }

  static StoreTask apply(StoreHistory before, SourceMigration... migrations) {
    return new StoreTask.Apply(
        before, Arrays.stream(migrations).map(SampleMigrations::compiled).toList());
  }

  StoreOutcome perform(StoreId store, StoreTask task) {
    return perform(RUN, Hooks.NONE, store, task);
  }

  StoreOutcome perform(RunId run, Hooks hooks, StoreId store, StoreTask task) {
    try (StoreConnection connection = access().connect(store.database(), context(run, hooks))) {
      return connection.perform(store, task);
    }
  }

  StoreId leased(String schema) {
    StoreId store = create(schema);
    access().lease(store.database(), RUN, LEASE);
    return store;
  }

  static void assertRan(StoreOutcome outcome, String... versions) {
    assertThat(outcome).isInstanceOf(StoreOutcome.Done.class);
    assertThat(((StoreOutcome.Done) outcome).ran())
        .containsExactlyElementsOf(Arrays.stream(versions).map(SampleMigrations::key).toList());
  }

  static <P extends Problem> P problem(Class<P> type, StoreOutcome outcome) {
    assertThat(outcome).isInstanceOf(StoreOutcome.Failed.class);
    Problem problem = ((StoreOutcome.Failed) outcome).problem();
    assertThat(problem).isInstanceOf(type);
    return type.cast(problem);
  }
}
