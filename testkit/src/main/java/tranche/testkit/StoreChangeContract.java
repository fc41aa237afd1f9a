package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.testkit.SampleMigrations.key;
import static tranche.testkit.SampleMigrations.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.KeptUndo;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.Undo;
import tranche.engine.fanout.StoreAccess;
import tranche.engine.fanout.StoreProblem;

/// How every implementation of [StoreAccess] changes one store, and what the store's history says
/// afterwards.
public abstract class StoreChangeContract extends StoreAccessSuite {
  /// Begins with a world that holds nothing.
  protected StoreChangeContract(StoreWorld world) {
    super(world);
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
  void a_task_that_was_decided_on_another_history_changes_nothing() {
    StoreId store = leased("c_a");
    assertRan(perform(store, apply(EMPTY, table("1"))), "1");

    assertThat(perform(store, apply(EMPTY, table("2"))))
        .isEqualTo(new StoreOutcome.Moved(List.of()));
    assertThat(history(store).applied()).hasSize(1);
  }

  @Test
  void a_store_that_was_dropped_has_moved() {
    StoreId store = leased("c_a");
    assertRan(perform(store, apply(EMPTY, table("1"))), "1");
    StoreHistory before = history(store);
    drop(store);

    assertThat(perform(store, apply(before, table("2"))))
        .isEqualTo(new StoreOutcome.Moved(List.of()));
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
        .isEqualTo(new StoreOutcome.Moved(List.of()));
    assertThat(history(store).applied()).hasSize(2);
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
}
