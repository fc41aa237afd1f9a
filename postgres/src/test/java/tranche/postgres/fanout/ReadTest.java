package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.postgres.fanout.Scripts.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fanout.StoreReading;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.ServerRoom;

/// Reading changes nothing and leaves no store without an answer.
class ReadTest {
  @Test
  void schemas_without_our_history_show_whose_they_have_and_whether_they_are_empty()
      throws Exception {
    Fleet fleet = Fleet.fresh();
    fleet.run(
        "CREATE SCHEMA bare",
        "CREATE SCHEMA used",
        "CREATE TABLE used.a (x int)",
        "CREATE SCHEMA flyway",
        "CREATE TABLE flyway.flyway_schema_history (x int)",
        "CREATE SCHEMA golang",
        "CREATE TABLE golang.schema_migrations (version bigint, dirty boolean)",
        "CREATE SCHEMA rails",
        "CREATE TABLE rails.schema_migrations (version varchar)",
        "CREATE TABLE rails.ar_internal_metadata (x int)",
        "CREATE SCHEMA mixed",
        "CREATE TABLE mixed.databasechangelog (x int)",
        "CREATE TABLE mixed.databasechangeloglock (x int)",
        "CREATE TABLE mixed.alembic_version (x int)",
        "CREATE TABLE mixed.django_migrations (id serial)",
        "CREATE VIEW mixed.v AS SELECT 1");
    List<StoreId> stores = new ArrayList<>();
    List.of("bare", "used", "flyway", "golang", "rails", "mixed", "gone")
        .forEach(name -> stores.add(fleet.store(name)));

    var readings = fleet.access.read(fleet.database.id(), stores);

    assertThat(readings)
        .containsEntry(fleet.store("bare"), unmanaged(true))
        .containsEntry(fleet.store("used"), unmanaged(false))
        .containsEntry(fleet.store("flyway"), unmanaged(true, HistoryKind.FLYWAY))
        .containsEntry(fleet.store("golang"), unmanaged(true, HistoryKind.GOLANG_MIGRATE))
        .containsEntry(fleet.store("rails"), unmanaged(true, HistoryKind.RAILS))
        .containsEntry(
            fleet.store("mixed"),
            unmanaged(false, HistoryKind.LIQUIBASE, HistoryKind.ALEMBIC, HistoryKind.DJANGO))
        .containsEntry(fleet.store("gone"), new StoreReading.NotThere())
        .hasSize(7);
    assertThat(fleet.ask("SELECT to_regnamespace('tranche') IS NULL")).isEqualTo("t");
  }

  private static StoreReading unmanaged(boolean isEmpty, HistoryKind... others) {
    return new StoreReading.Unmanaged(List.of(others), isEmpty);
  }

  @Test
  void stores_are_empty_if_they_have_no_tables_whatever_their_history_says() throws Exception {
    Fleet fleet = Fleet.fresh();
    StoreId failed = fleet.made("failed");
    StoreId used = fleet.made("used");
    StoreId bare = fleet.made("bare");
    fleet.run("CREATE SCHEMA rails", "CREATE TABLE rails.schema_migrations (version varchar)");
    fleet.run("CREATE TABLE used.a (x int)");
    assertThat(fleet.apply(failed, migration("1", "SELECT 1/0")))
        .isInstanceOf(StoreOutcome.Failed.class);
    assertThat(fleet.reading(failed)).isInstanceOf(StoreReading.Managed.class);

    List<StoreId> all = List.of(failed, used, bare, fleet.store("rails"), fleet.store("gone"));

    assertThat(fleet.access.empty(fleet.database.id(), all))
        .containsExactlyInAnyOrder(failed, bare);
  }

  @Test
  void a_database_that_is_missing_or_closed_is_a_reading_too() throws Exception {
    Fleet fleet = Fleet.fresh();
    StoreId store = fleet.store("any");
    fleet.run("DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN PASSWORD 'right'");

    assertThat(fleet.as("reader", "wrong").reading(store))
        .isInstanceOf(StoreReading.Unreadable.class);
    assertThat(fleet.at(1).reading(store)).isInstanceOf(StoreReading.Unreadable.class);
    try (var connection = fleet.connectTo("postgres")) {
      Fleet.run(connection, "DROP DATABASE " + fleet.database.address().name());
    }
    assertThat(fleet.reading(store)).isInstanceOf(StoreReading.NotThere.class);
  }

  @Test
  void stores_with_one_history_share_it() throws Exception {
    Fleet fleet = Fleet.fresh();
    List<StoreId> stores = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      stores.add(fleet.store("s" + i));
    }
    fleet.run(
        "DO $$ BEGIN FOR i IN 0..1199 LOOP EXECUTE format('CREATE SCHEMA s%s', i); END LOOP;"
            + " END $$");
    var context = fleet.run();
    for (int i = 0; i < 3; i++) {
      Fleet.done(
          fleet.apply(
              context, stores.get(i), migration("1", "SELECT 1"), migration("2", "SELECT " + i)));
    }
    fleet.run(
        """
        INSERT INTO tranche.history (target, key, kind, description, script, checksum, phase,
          digest, applied_at, applied_by, person, duration_ms, run, fence, rows)
        SELECT 's' || i, key, kind, description, script, checksum, phase, digest, applied_at,
          applied_by, person, duration_ms, run, fence, rows
        FROM tranche.history, generate_series(3, 1199) i WHERE target = 's' || i % 3
        """,
        "SELECT tranche.refresh('s' || i, '') FROM generate_series(3, 1199) i");

    var readings = fleet.access.read(fleet.database.id(), stores);

    Set<StoreHistory> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    for (StoreId store : stores) {
      StoreHistory history = ((StoreReading.Managed) readings.get(store)).history();
      assertThat(history.applied()).hasSize(2);
      assertThat(history.fingerprint()).isEqualTo(Fingerprint.of(history.applied()));
      distinct.add(history);
    }
    assertThat(distinct).hasSize(3);
    assertThat(fleet.ask("SELECT count(DISTINCT version) FROM tranche.store")).isEqualTo("1");
  }

  @Test
  void a_server_says_what_it_has_room_for() throws Exception {
    Fleet fleet = Fleet.fresh();

    ServerRoom room = fleet.access.room(fleet.database.id());

    assertThat(room.maxConnections())
        .isEqualTo(
            Integer.parseInt(
                fleet.ask(
                    "SELECT current_setting('max_connections')::int"
                        + " - current_setting('superuser_reserved_connections')::int"
                        + " - current_setting('reserved_connections')::int")));
    assertThat(room.usedConnections()).isPositive();
    assertThat(room.maxLocksPerTransaction()).isEqualTo(256);
    assertThat(room.replicaLag()).isEmpty();
    assertThat(room.lockWaiters()).isZero();
  }

  @Test
  void schemas_and_databases_are_found_by_pattern() throws Exception {
    Fleet fleet = Fleet.fresh();
    fleet.run(
        "CREATE SCHEMA tenant_1",
        "CREATE SCHEMA tenant_2",
        "CREATE SCHEMA tenantx3",
        "CREATE SCHEMA \"100%\"",
        "CREATE SCHEMA tenant_22",
        "CREATE SCHEMA \"Back\\slash\"");
    fleet.leased(Fleet.LONG);
    DatabaseId id = fleet.database.id();

    assertThat(fleet.access.schemas(id, "tenant_*"))
        .containsExactly("tenant_1", "tenant_2", "tenant_22");
    assertThat(fleet.access.schemas(id, "tenant_?")).containsExactly("tenant_1", "tenant_2");
    assertThat(fleet.access.schemas(id, "*%")).containsExactly("100%");
    assertThat(fleet.access.schemas(id, "B*\\slash")).containsExactly("Back\\slash");
    assertThat(fleet.access.schemas(id, "*"))
        .contains("public", "tenant_1")
        .doesNotContain("tranche", "information_schema", "pg_catalog");
    String name = fleet.database.address().name();
    assertThat(fleet.access.databases(id, name.substring(0, name.length() - 1) + "?"))
        .contains(name);
    assertThat(fleet.access.databases(id, "*")).doesNotContain("template0", "template1");
  }

  @Test
  void a_database_that_nobody_can_reach_has_no_room_but_a_problem() throws Exception {
    Fleet fleet = Fleet.fresh().at(1);

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> fleet.access.room(fleet.database.id()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("connection-lost"));
  }
}
