package tranche.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tranche.postgres.schema.World.expand;

import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.fleet.StoreId;
import tranche.core.release.Migration;

/// A database whose history was made by the first layout.
class LayoutUpgradeTest {
  private static final Migration ONE = expand("1", "CREATE TABLE t (id int)");
  private static final Migration TWO = expand("2.1", "ALTER TABLE t ADD x int");

  /// Turns the history back into what the first layout was.
  private static final String[] DOWNGRADE = {
    """
    CREATE TABLE tranche.old AS SELECT target, key AS version, description, checksum, phase,
      applied_at, applied_by, duration_ms, run AS rollout, fence, rows FROM tranche.history
    """,
    "DROP TABLE tranche.history, tranche.store, tranche.script, tranche.progress, tranche.run,"
        + " tranche.session CASCADE",
    """
    DO $$ DECLARE f record; BEGIN
      FOR f IN SELECT oid::regprocedure AS p FROM pg_proc
        WHERE pronamespace = 'tranche'::regnamespace LOOP
        EXECUTE format('DROP FUNCTION %s', f.p);
      END LOOP;
    END $$\
    """,
    "ALTER TABLE tranche.old RENAME TO history",
    "ALTER TABLE tranche.history ALTER target SET NOT NULL, ALTER version SET NOT NULL,"
        + " ALTER applied_at SET NOT NULL,"
        + " ADD CONSTRAINT history_pkey PRIMARY KEY (target, version)",
    "UPDATE tranche.layout SET version = 1"
  };

  @TempDir private Path backups;

  private World old() throws SQLException {
    World world = World.fresh(backups);
    StoreId acme = world.provisioned("acme");
    world.provisioned("empty");
    world.migrate(acme, ONE);
    world.migrate(acme, TWO);
    world.run(DOWNGRADE);
    return world;
  }

  @Test
  void versions_and_checksums_survive_and_the_next_migration_runs() throws Exception {
    try (World world = old()) {
      StoreId acme = world.store("acme");

      assertThat(world.version(acme)).isEqualTo("2.1");
      assertThat(world.version(world.store("empty"))).isEqualTo("0");
      assertThat(world.migrate(acme, TWO)).contains("was applied before");
      assertThat(world.migrate(acme, expand("3", "ALTER TABLE t ADD y int"))).contains("applied");

      assertThat(world.version(acme)).isEqualTo("3");
      assertThat(
              world.ask(
                  "SELECT string_agg(concat_ws(' ', key, kind, phase, run), ',' ORDER BY key)"
                      + " FROM tranche.history WHERE target = 'acme'"))
          .isEqualTo("1 versioned expand r-1,2.1 versioned expand r-1,3 versioned expand r-1");
      assertThat(world.ask("SELECT max(version) FROM tranche.layout")).isEqualTo("2");
    }
  }

  @Test
  void a_migration_upgrades_a_history_that_nobody_has_read_before() throws Exception {
    try (World world = old()) {
      assertThat(world.migrate(world.store("acme"), expand("3", "SELECT 1"))).contains("applied");
      assertThat(world.version(world.store("acme"))).isEqualTo("3");
    }
  }

  @Test
  void two_processes_may_upgrade_at_once() throws Exception {
    try (World world = old();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> upgrades = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        upgrades.add(
            executor.submit(() -> {
              try (Connection connection = world.connect()) {
                return HistoryLayout.prepare(connection, world.access.id());
              }
            }));
      }
      for (Future<Boolean> upgrade : upgrades) {
        upgrade.get();
      }
      assertThat(world.ask("SELECT string_agg(version::text, ',') FROM tranche.layout"))
          .isEqualTo("2");
      assertThat(world.version(world.store("acme"))).isEqualTo("2.1");
    }
  }

  @Test
  void an_upgrade_that_fails_leaves_the_history_as_it_was() throws Exception {
    try (World world = old()) {
      world.run("CREATE TABLE tranche.session (in_the_way int)");

      try (Connection connection = world.connect()) {
        assertThatThrownBy(() -> HistoryLayout.prepare(connection, world.access.id()))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("session");
        assertThat(HistoryLayout.version(connection, world.access.id())).isEqualTo(1);
      }
      assertThat(world.ask("SELECT count(rollout) FROM tranche.history")).isEqualTo("2");

      world.run("DROP TABLE tranche.session");
      assertThat(world.version(world.store("acme"))).isEqualTo("2.1");
    }
  }

  @Test
  void a_schema_that_somebody_made_for_us_is_used() throws Exception {
    try (World world = World.fresh(backups)) {
      world.provisioned("acme");
      world.run("DROP SCHEMA tranche CASCADE", "CREATE SCHEMA tranche");
      try (Connection connection = world.connect()) {
        assertThat(HistoryLayout.prepare(connection, world.access.id())).isTrue();
        assertThat(HistoryLayout.prepare(connection, world.access.id())).isFalse();
      }
    }
  }

  @Test
  void functions_of_an_earlier_tranche_are_replaced_and_those_of_a_later_one_are_left()
      throws Exception {
    try (World world = World.fresh(backups)) {
      world.provisioned("acme");
      world.run(
          "COMMENT ON TABLE tranche.layout IS NULL",
          "DROP FUNCTION tranche.type_words",
          "CREATE FUNCTION tranche.former() RETURNS int LANGUAGE sql RETURN 1");
      try (Connection connection = world.connect()) {
        assertThat(HistoryLayout.prepare(connection, world.access.id())).isTrue();
        assertThat(HistoryLayout.prepare(connection, world.access.id())).isFalse();
      }
      assertThat(
              world.ask(
                  "SELECT string_agg(proname, ',') FROM pg_proc WHERE proname IN ('former',"
                      + " 'type_words') AND pronamespace = 'tranche'::regnamespace"))
          .isEqualTo("type_words");

      world.run(
          "COMMENT ON TABLE tranche.layout IS 'functions 999'",
          "CREATE FUNCTION tranche.later() RETURNS int LANGUAGE sql RETURN 1");
      try (Connection connection = world.connect()) {
        assertThat(HistoryLayout.prepare(connection, world.access.id())).isFalse();
      }
      assertThat(world.ask("SELECT tranche.later()")).isEqualTo("1");
    }
  }

  @Test
  void functions_that_are_changed_have_another_number() throws Exception {
    try (InputStream in = HistoryLayout.class.getResourceAsStream("functions.sql")) {
      assertThat(in).isNotNull();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());

      assertThat(HistoryLayout.FUNCTIONS + " " + HexFormat.of().formatHex(digest, 0, 8))
          .as("raise HistoryLayout.FUNCTIONS, then write both here")
          .isEqualTo("3 419b944b141efc5c");
    }
  }
}
