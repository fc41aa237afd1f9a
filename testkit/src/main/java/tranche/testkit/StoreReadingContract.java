package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static tranche.testkit.SampleMigrations.compiled;
import static tranche.testkit.SampleMigrations.table;
import static tranche.testkit.SampleMigrations.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreReading;
import tranche.core.fanout.StoreTask;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.SourceMigration;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.ServerRoom;
import tranche.engine.fanout.StoreAccess;
import tranche.engine.fanout.StoreConnection;
import tranche.engine.fanout.StoreProblem;

/// What every implementation of [StoreAccess] says about databases, stores, leases and connections.
public abstract class StoreReadingContract extends StoreAccessSuite {
  /// Begins with a world that holds nothing.
  protected StoreReadingContract(StoreWorld world) {
    super(world);
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
  void stores_without_tables_are_empty_whatever_a_history_says() {
    StoreId bare = create("c_bare");
    StoreId full = create("c_full");
    addTable(full);
    StoreId failed = leased("c_failed");
    assertThat(perform(failed, apply(EMPTY, version("1", "SELECT 1/0", "SELECT 1"))))
        .isInstanceOf(StoreOutcome.Failed.class);
    StoreId changed = leased("c_changed");
    assertRan(perform(changed, apply(EMPTY, table("1"))), "1");
    StoreId missing = new StoreId(bare.database(), "c_missing");

    assertThat(access().empty(bare.database(), List.of(bare, full, failed, changed, missing)))
        .containsExactlyInAnyOrder(bare, failed);
  }

  @Test
  void a_database_that_is_not_there_is_a_reading_too() {
    StoreId lost = new StoreId(new DatabaseId("s9-contract-nowhere"), "c_a");

    assertThat(access().read(lost.database(), List.of(lost)).get(lost))
        .matches(r -> r instanceof StoreReading.NotThere || r instanceof StoreReading.Unreadable);
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

  @Test
  void a_server_says_what_it_has_room_for() {
    StoreId store = create("c_a");

    ServerRoom room = access().room(store.database());

    assertThat(room.maxConnections()).isGreaterThan(room.usedConnections());
    assertThat(room.usedConnections()).isPositive();
    assertThat(room.maxLocksPerTransaction()).isPositive();
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
}
