package tranche.postgres.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tranche.postgres.fanout.Scripts.migration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.StoreOutcome;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;

/// Changes and an application that want the same tables.
final class LockTest {
  private static final String UNTIL_SOMEBODY_WAITS =
      """
      DO $$ BEGIN
        FOR i IN 1..100 LOOP
          EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'relation');
          PERFORM pg_sleep(0.01);
        END LOOP;
      END $$\
      """;

  private static void awaitLocked(Fleet fleet, String table) {
    String sql =
        "SELECT count(*) > 0 FROM pg_locks WHERE relation = '"
            + table
            + "'::regclass AND granted AND mode = 'AccessExclusiveLock'";
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> fleet.ask(sql).equals("t"));
  }

  @Test
  void in_a_circle_with_an_application_the_change_gives_way() throws Exception {
    Fleet fleet = Fleet.fresh();
    StoreId store = fleet.made("circle");
    fleet.run("CREATE TABLE circle.a (x int); CREATE TABLE circle.b (x int)");
    CompiledMigration both =
        migration("1", "ALTER TABLE a ADD y int", UNTIL_SOMEBODY_WAITS, "ALTER TABLE b ADD y int");
    RunContext context =
        new RunContext(
            fleet.leased(Fleet.LONG),
            "nina",
            ChangeLimits.ORDINARY,
            List.of(),
            Map.of(),
            Map.of(),
            Hooks.NONE);
    try (var application = fleet.connect();
        var threads = Executors.newFixedThreadPool(1)) {
      Fleet.run(application, "BEGIN; INSERT INTO circle.b VALUES (1)");
      var change = threads.submit(() -> fleet.apply(context, store, both));
      awaitLocked(fleet, "circle.a");

      // It waits for the change, and is the one that the server ends if it has to wait for a
      // second.
      Fleet.run(application, "INSERT INTO circle.a VALUES (1); COMMIT");

      StoreOutcome outcome = change.get();
      assertThat(Fleet.done(outcome)).containsExactly("1");
      assertThat(((StoreOutcome.Done) outcome).timing().tries()).isPositive();
    }
    assertThat(fleet.ask("SELECT count(*) FROM circle.a, circle.b")).isEqualTo("1");
  }
}
