package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static tranche.testkit.SampleMigrations.compiled;
import static tranche.testkit.SampleMigrations.key;
import static tranche.testkit.SampleMigrations.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.Undo;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.ServerRoom;
import tranche.engine.fanout.StoreAccess;
import tranche.engine.fanout.StoreConnection;
import tranche.engine.fanout.StoreProblem;

/// What every implementation of [StoreAccess] does. An implementation extends it and gives every
/// test new stores.
public abstract class StoreAccessContract {
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final RunId RUN = new RunId("s-contract0000000000000001");
  private static final RunId OTHER = new RunId("s-contract0000000000000002");
  private static final StoreHistory EMPTY =
      new StoreHistory(HistoryKind.TRANCHE, 0, List.of(), Optional.empty());

  /// The access to test.
  protected abstract StoreAccess access();

  /// Creates an empty schema. All schemas of a test are in one database, which holds nothing of
  /// earlier tests.
  protected abstract StoreId create(String schema);

  /// Drops a schema that [#create(String)] made.
  protected abstract void drop(StoreId store);

  /// Creates a table in the store without saying so in any history.
  protected abstract void addTable(StoreId store);

  private static RunContext context(RunId run, Hooks hooks) {
    return new RunContext(run, "ann", ChangeLimits.ORDINARY, List.of(), Map.of(), Map.of(), hooks);
  }

  private StoreReading read(StoreId store) {
    return Objects.requireNonNull(access().read(store.database(), List.of(store)).get(store));
  }

  private StoreHistory history(StoreId store) {
    assertThat(read(store)).isInstanceOf(StoreReading.Managed.class);
    return ((StoreReading.Managed) read(store)).history();
  }

  private static StoreTask apply(StoreHistory before, SourceMigration... migrations) {
    return new StoreTask.Apply(
        before, Arrays.stream(migrations).map(SampleMigrations::compiled).toList());
  }

  private StoreOutcome perform(StoreId store, StoreTask task) {
    return perform(RUN, Hooks.NONE, store, task);
  }

  private StoreOutcome perform(RunId run, Hooks hooks, StoreId store, StoreTask task) {
    try (StoreConnection connection = access().connect(store.database(), context(run, hooks))) {
      return connection.perform(store, task);
    }
  }

  private StoreId leased(String schema) {
    StoreId store = create(schema);
    access().lease(store.database(), RUN, LEASE);
    return store;
  }

  private static void assertRan(StoreOutcome outcome, String... versions) {
    assertThat(outcome).isInstanceOf(StoreOutcome.Done.class);
    assertThat(((StoreOutcome.Done) outcome).ran())
        .containsExactlyElementsOf(Arrays.stream(versions).map(SampleMigrations::key).toList());
  }

  private static <P extends Problem> P problem(Class<P> type, StoreOutcome outcome) {
    assertThat(outcome).isInstanceOf(StoreOutcome.Failed.class);
    Problem problem = ((StoreOutcome.Failed) outcome).problem();
    assertThat(problem).isInstanceOf(type);
    return type.cast(problem);
  }

  @Test
  void every_store_that_was_asked_for_has_a_reading() {
    StoreId empty = create("c_empty");
    StoreId full = create("c_full");
    addTable(full);
    StoreId missing = new StoreId(empty.database(), "c_missing");

    assertThat(access().read(empty.database(), List.of(empty, full, missing)))
        .containsOnly(
            Map.entry(empty, new StoreReading.Unmanaged(List.of(), true)),
            Map.entry(full, new StoreReading.Unmanaged(List.of(), false)),
            Map.entry(missing, new StoreReading.NotThere()));
  }

  @Test
  void a_database_that_is_not_there_is_a_reading_too() {
    StoreId lost = new StoreId(new DatabaseId("s9-contract-nowhere"), "c_a");

    assertThat(access().read(lost.database(), List.of(lost)).get(lost))
        .matches(r -> r instanceof StoreReading.NotThere || r instanceof StoreReading.Unreadable);
  }

  @Test
  void what_ran_is_in_the_history() {
    StoreId store = leased("c_a");

    assertRan(perform(store, apply(EMPTY, table("1"), table("2.1"))), "1", "2.1");

    assertThat(history(store).applied())
        .extracting(AppliedMigration::key)
        .containsExactlyInAnyOrder(key("1"), key("2.1"));
    assertThat(history(store).applied())
        .extracting(AppliedMigration::isBaseline)
        .containsOnly(false);
    assertThat(history(store).applied())
        .filteredOn(row -> row.key().equals(key("1")))
        .extracting(AppliedMigration::checksum)
        .containsExactly(table("1").up().sha256());
    assertThat(history(store).kind()).isEqualTo(HistoryKind.TRANCHE);
    assertThat(history(store).halfway()).isEmpty();
  }

  @Test
  void equal_histories_have_equal_fingerprints_and_others_do_not() {
    StoreId one = leased("c_a");
    StoreId same = leased("c_b");
    StoreId less = leased("c_c");
    assertRan(perform(one, apply(EMPTY, table("1"), table("2"))), "1", "2");
    assertRan(perform(same, apply(EMPTY, table("1"))), "1");
    assertRan(perform(same, apply(history(same), table("2"))), "2");
    assertRan(perform(less, apply(EMPTY, table("1"))), "1");

    assertThat(history(one).fingerprint()).isEqualTo(history(same).fingerprint()).isNotZero();
    assertThat(history(less).fingerprint()).isNotEqualTo(history(one).fingerprint()).isNotZero();
  }

  @Test
  void nothing_runs_without_a_lease_or_after_it() {
    StoreId store = leased("c_a");

    StoreOutcome without = perform(OTHER, Hooks.NONE, store, apply(EMPTY, table("1")));
    assertThat(problem(StoreProblem.LeaseEnded.class, without).run()).isEqualTo(OTHER);
    access().release(store.database(), RUN);
    assertThat(problem(StoreProblem.LeaseEnded.class, perform(store, apply(EMPTY, table("1")))))
        .isEqualTo(new StoreProblem.LeaseEnded(store.database(), RUN));
    assertThat(read(store)).isEqualTo(new StoreReading.Unmanaged(List.of(), true));
  }

  @Test
  void a_lease_can_be_renewed_while_it_lasts_and_not_afterwards() {
    StoreId store = leased("c_a");

    access().lease(store.database(), RUN, LEASE);
    access().release(store.database(), RUN);

    ProblemException thrown =
        catchThrowableOfType(
            ProblemException.class, () -> access().lease(store.database(), RUN, LEASE));
    assertThat(thrown.problem()).isEqualTo(new StoreProblem.LeaseEnded(store.database(), RUN));
  }

  @Test
  void the_leases_of_two_runs_do_not_touch_each_other() {
    StoreId store = leased("c_a");
    access().lease(store.database(), OTHER, LEASE);
    access().release(store.database(), OTHER);

    assertRan(perform(store, apply(EMPTY, table("1"))), "1");
  }

  @Test
  void a_task_that_was_decided_on_another_history_changes_nothing() {
    StoreId store = leased("c_a");
    assertRan(perform(store, apply(EMPTY, table("1"))), "1");

    assertThat(perform(store, apply(EMPTY, table("2")))).isEqualTo(new StoreOutcome.Moved());
    assertThat(history(store).applied()).hasSize(1);
  }

  @Test
  void a_store_that_was_dropped_has_moved() {
    StoreId store = leased("c_a");
    assertRan(perform(store, apply(EMPTY, table("1"))), "1");
    StoreHistory before = history(store);
    drop(store);

    assertThat(perform(store, apply(before, table("2")))).isEqualTo(new StoreOutcome.Moved());
    assertThat(read(store)).isEqualTo(new StoreReading.NotThere());
  }

  @Test
  void a_failure_leaves_what_ran_before_and_a_note_until_something_succeeds() {
    StoreId store = leased("c_a");
    SourceMigration broken = SampleMigrations.version("2", "SELECT 1/0", "");

    StoreOutcome outcome = perform(store, apply(EMPTY, table("1"), broken, table("3")));

    assertThat(outcome).isInstanceOf(StoreOutcome.Failed.class);
    assertThat(((StoreOutcome.Failed) outcome).ran()).containsExactly(key("1"));
    assertThat(((StoreOutcome.Failed) outcome).at()).contains(key("2"));
    assertThat(history(store).applied()).hasSize(1);
    assertThat(((StoreReading.Managed) read(store)).failure()).isPresent();
    assertRan(perform(store, apply(history(store), table("2"))), "2");
    assertThat(((StoreReading.Managed) read(store)).failure()).isEmpty();
  }

  @Test
  void a_failure_of_the_first_migration_leaves_the_history_empty() {
    StoreId store = leased("c_a");
    SourceMigration broken = SampleMigrations.version("1", "SELECT 1/0", "");

    assertThat(perform(store, apply(EMPTY, broken))).isInstanceOf(StoreOutcome.Failed.class);
    StoreHistory after = history(store);
    assertThat(after.applied()).isEmpty();
    assertThat(after.fingerprint()).isZero();
    assertRan(perform(store, apply(after, table("1"))), "1");
  }

  @Test
  void a_task_without_migrations_is_done_at_once() {
    StoreId store = leased("c_a");
    assertRan(perform(store, apply(EMPTY, table("1"))), "1");

    assertRan(perform(store, apply(history(store))));
  }

  @Test
  void a_repeatable_migration_has_one_row_however_often_it_ran() {
    StoreId store = leased("c_a");
    SourceMigration first = SampleMigrations.repeatable("views", "CREATE VIEW v AS SELECT 1 AS a");
    SourceMigration second =
        SampleMigrations.repeatable("views", "CREATE OR REPLACE VIEW v AS SELECT 2 AS a");
    assertThat(perform(store, apply(EMPTY, first))).isInstanceOf(StoreOutcome.Done.class);
    assertThat(perform(store, apply(history(store), second))).isInstanceOf(StoreOutcome.Done.class);

    assertThat(history(store).applied())
        .singleElement()
        .isEqualTo(new AppliedMigration(second.key(), second.up().sha256(), false));
  }

  @Test
  void a_baseline_is_recorded_as_one() {
    StoreId store = leased("c_a");
    SourceMigration baseline = SampleMigrations.baseline("5", "CREATE TABLE b (id int)");

    assertRan(perform(store, apply(EMPTY, baseline)), "5");
    assertThat(history(store).applied())
        .containsExactly(new AppliedMigration(key("5"), baseline.up().sha256(), true));
  }

  @Test
  void a_history_keeps_how_to_undo_the_latest_first() {
    StoreId store = leased("c_a");
    StoreId other = create("c_b");
    assertRan(perform(store, apply(EMPTY, table("2"), table("10"))), "2", "10");

    Map<StoreId, List<KeptUndo>> undos = access().undos(store.database(), List.of(store, other));

    assertThat(undos).containsOnlyKeys(store);
    assertThat(undos.get(store)).extracting(KeptUndo::key).containsExactly(key("10"), key("2"));
    assertThat(undos.get(store)).extracting(KeptUndo::run).containsOnly(RUN.value());
    assertThat(undos.get(store))
        .extracting(KeptUndo::undo)
        .first()
        .isEqualTo(new Undo.Statements(List.of("DROP TABLE t_10"), List.of(), false));
  }

  @Test
  void a_revert_brings_the_history_back_to_what_it_was() {
    StoreId store = leased("c_a");
    assertRan(perform(store, apply(EMPTY, table("1"))), "1");
    StoreHistory before = history(store);
    assertRan(perform(store, apply(before, table("2"), table("3"))), "2", "3");

    StoreTask revert = new StoreTask.Revert(history(store), List.of(key("3"), key("2")));
    assertRan(perform(store, revert), "3", "2");

    assertThat(history(store)).isEqualTo(before);
    assertThat(access().undos(store.database(), List.of(store)).get(store)).hasSize(1);
    assertRan(perform(store, apply(before, table("2"))), "2");
  }

  @Test
  void a_revert_that_was_decided_on_another_history_changes_nothing() {
    StoreId store = leased("c_a");
    assertRan(perform(store, apply(EMPTY, table("1"))), "1");
    StoreHistory before = history(store);
    assertRan(perform(store, apply(before, table("2"))), "2");

    assertThat(perform(store, new StoreTask.Revert(before, List.of(key("1")))))
        .isEqualTo(new StoreOutcome.Moved());
    assertThat(history(store).applied()).hasSize(2);
  }

  @Test
  void one_connection_serves_many_stores_and_closes_twice() {
    List<StoreId> stores = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stores.add(leased("c_" + i));
    }
    DatabaseId database = stores.getFirst().database();
    StoreConnection connection = access().connect(database, context(RUN, Hooks.NONE));
    for (StoreId store : stores) {
      assertRan(connection.perform(store, apply(EMPTY, table("1"))), "1");
      assertThat(connection.isUsable()).isTrue();
    }
    connection.close();
    connection.close();

    assertThat(connection.isUsable()).isFalse();
    assertThat(access().read(database, stores).values())
        .allMatch(StoreReading.Managed.class::isInstance);
  }

  @Test
  void a_failed_store_does_not_spoil_the_connection_for_the_next() {
    StoreId bad = leased("c_a");
    StoreId good = leased("c_b");
    try (StoreConnection connection = access().connect(bad.database(), context(RUN, Hooks.NONE))) {
      SourceMigration broken = SampleMigrations.version("1", "SELECT 1/0", "");
      assertThat(connection.perform(bad, apply(EMPTY, broken)))
          .isInstanceOf(StoreOutcome.Failed.class);
      assertThat(connection.isUsable()).isTrue();
      assertRan(connection.perform(good, apply(EMPTY, table("1"))), "1");
    }
  }

  @Test
  void of_several_who_change_a_store_at_once_one_does() throws Exception {
    StoreId store = leased("c_a");
    List<Callable<StoreOutcome>> asks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asks.add(() -> perform(store, apply(EMPTY, table("1"), table("2"))));
    }
    List<StoreOutcome> outcomes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<StoreOutcome> answer : threads.invokeAll(asks)) {
        outcomes.add(answer.get());
      }
    }

    assertThat(outcomes).filteredOn(StoreOutcome.Done.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(o -> !(o instanceof StoreOutcome.Done))
        .allMatch(o ->
            o instanceof StoreOutcome.Moved
                || (o instanceof StoreOutcome.Failed f
                    && f.problem() instanceof StoreProblem.StoreBusy));
    assertThat(history(store).applied()).hasSize(2);
  }

  /// Hooks that keep what they were told, and refuse one event.
  private static final class Told implements Hooks {
    private final List<String> told = new ArrayList<>();
    private final String refused;

    Told(String refused) {
      this.refused = refused;
    }

    @Override
    public boolean wants(Event event) {
      return event == Event.BEFORE_MIGRATION || event == Event.AFTER_MIGRATION;
    }

    @Override
    public synchronized Result call(Context context) {
      String word = context.event().word() + " " + context.details().get("migration");
      told.add(word);
      return word.equals(refused) ? new Result.Fail(refusal()) : new Result.Proceed();
    }

    static Problem refusal() {
      return new RecordedProblem("hook-said-no", ProblemKind.FAILED, "no", "no", "no");
    }
  }

  @Test
  void hooks_are_called_around_each_migration() {
    StoreId store = leased("c_a");
    Told hooks = new Told("");

    assertRan(perform(RUN, hooks, store, apply(EMPTY, table("1"), table("2"))), "1", "2");

    assertThat(hooks.told)
        .containsExactly(
            "before_migration 1", "after_migration 1", "before_migration 2", "after_migration 2");
  }

  @Test
  void a_hook_that_refuses_keeps_its_migration_from_running() {
    StoreId store = leased("c_a");
    Told hooks = new Told("before_migration 2");

    StoreOutcome outcome = perform(RUN, hooks, store, apply(EMPTY, table("1"), table("2")));

    assertThat(problem(RecordedProblem.class, outcome)).isEqualTo(Told.refusal());
    assertThat(((StoreOutcome.Failed) outcome).ran()).containsExactly(key("1"));
    assertThat(history(store).applied())
        .extracting(AppliedMigration::key)
        .containsExactly(key("1"));
  }

  @Test
  void a_hook_that_fails_after_a_migration_stops_before_the_next() {
    StoreId store = leased("c_a");
    Told hooks = new Told("after_migration 1");

    StoreOutcome outcome = perform(RUN, hooks, store, apply(EMPTY, table("1"), table("2")));

    assertThat(problem(RecordedProblem.class, outcome)).isEqualTo(Told.refusal());
    assertThat(((StoreOutcome.Failed) outcome).ran()).containsExactly(key("1"));
    assertThat(history(store).applied()).hasSize(1);
  }

  @Test
  void a_server_says_what_it_has_room_for() {
    StoreId store = create("c_a");

    ServerRoom room = access().room(store.database());

    assertThat(room.maxConnections()).isGreaterThan(room.usedConnections());
    assertThat(room.usedConnections()).isPositive();
    assertThat(room.maxLocksPerTransaction()).isPositive();
  }

  @Test
  void many_stores_are_read_together() {
    List<StoreId> stores = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      stores.add(leased("c_" + i));
    }
    DatabaseId database = stores.getFirst().database();
    List<SourceMigration> two = List.of(table("1"), table("2"));
    try (StoreConnection connection = access().connect(database, context(RUN, Hooks.NONE))) {
      for (int i = 0; i < stores.size(); i++) {
        List<MigrationKey> ran = two.stream().limit(i % 3).map(SourceMigration::key).toList();
        StoreTask task =
            new StoreTask.Apply(EMPTY, two.stream().limit(i % 3).map(m -> compiled(m)).toList());
        assertThat(connection.perform(stores.get(i), task))
            .isInstanceOfSatisfying(
                StoreOutcome.Done.class, d -> assertThat(d.ran()).isEqualTo(ran));
      }
    }

    Map<StoreId, StoreReading> readings = access().read(database, stores);
    for (int i = 0; i < stores.size(); i++) {
      int applied =
          readings.get(stores.get(i)) instanceof StoreReading.Managed(var history, _)
              ? history.applied().size()
              : 0;
      assertThat(applied).isEqualTo(i % 3);
    }
  }
}
