package tranche.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.postgres.schema.World.backfill;
import static tranche.postgres.schema.World.context;
import static tranche.postgres.schema.World.expand;
import static tranche.postgres.schema.World.problem;
import static tranche.postgres.schema.World.run;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemException;
import tranche.engine.schema.SchemaProblem.DatabaseUnreachable;
import tranche.engine.schema.SchemaProblem.MigrationFailed;
import tranche.engine.schema.SchemaProblem.StaleWriter;
import tranche.postgres.schema.MigrationRunTest.Cut;

final class BackfillRunTest {
  private static final String FILL =
      """
      UPDATE t SET y = x * 10 WHERE y IS NULL AND id IN (
        SELECT id FROM t WHERE y IS NULL LIMIT 100);
      """;

  @TempDir Path backups;
  private World world;
  private StoreId acme;

  @BeforeEach
  void provision() throws Exception {
    world = World.clean(backups);
    acme = world.provisioned("acme");
    world.migrate(
        acme,
        expand(
            "1",
            """
            CREATE TABLE t (id bigserial PRIMARY KEY, x int NOT NULL);
            INSERT INTO t (x) SELECT i FROM generate_series(1, 1050) i;
            """));
    world.migrate(
        acme,
        expand(
            "2",
            """
            ALTER TABLE t ADD COLUMN y int;
            CREATE FUNCTION in_step() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN NEW.y := NEW.x * 10; RETURN NEW; END $$;
            CREATE TRIGGER in_step BEFORE INSERT OR UPDATE ON t
              FOR EACH ROW EXECUTE FUNCTION in_step();
            """));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String unfilled() throws SQLException {
    return world.ask("SELECT count(*) FROM acme.t WHERE y IS DISTINCT FROM x * 10");
  }

  @Test
  void a_backfill_runs_in_chunks_until_nothing_is_left_and_is_then_recorded() throws Exception {
    assertThat(world.migrate(acme, backfill("3", FILL)))
        .isEqualTo("V3 changed 1050 rows in 11 chunks");

    assertThat(unfilled()).isEqualTo("0");
    assertThat(world.version(acme)).isEqualTo("3");
    assertThat(world.ask("SELECT concat_ws('|', phase, rows) FROM tranche.history WHERE key = '3'"))
        .isEqualTo("backfill|1050");
    assertThat(world.ask("SELECT count(DISTINCT xmin::text) FROM acme.t"))
        .as("transactions that wrote the rows")
        .isEqualTo("11");
    assertThat(world.migrate(acme, backfill("3", FILL))).isEqualTo("V3 was applied before");
  }

  @Test
  void a_recorded_backfill_can_be_finished_again() throws Exception {
    world.migrate(acme, backfill("3", FILL));
    world.run(
        "ALTER TABLE acme.t DISABLE TRIGGER in_step",
        "UPDATE acme.t SET y = NULL WHERE id <= 150",
        "ALTER TABLE acme.t ENABLE TRIGGER in_step");

    assertThat(world.driver.finishBackfill(acme, backfill("3", FILL), context(1))).isEqualTo(150);
    assertThat(world.driver.finishBackfill(acme, backfill("3", FILL), context(1))).isZero();
    assertThat(unfilled()).isEqualTo("0");
  }

  @Test
  void writers_at_work_lose_nothing() throws Exception {
    var patient = world.with(s -> s.with(LockPatience.ORDINARY));
    var isOver = new AtomicBoolean();
    Callable<Integer> writer =
        () -> {
          int written = 0;
          try (var connection = world.connectAsApplication()) {
            while (!isOver.get()) {
              run(
                  connection,
                  "INSERT INTO acme.t (x) VALUES (7)",
                  "UPDATE acme.t SET x = x + 1 WHERE id = " + (1 + written % 1050));
              written++;
            }
          }
          return written;
        };
    try (var threads = Executors.newFixedThreadPool(2)) {
      var first = threads.submit(writer);
      var second = threads.submit(writer);
      try {
        patient.migrate(acme, backfill("3", FILL));
      } finally {
        isOver.set(true);
      }
      int written = first.get() + second.get();
      assertThat(written).isPositive();
      assertThat(unfilled()).isEqualTo("0");
      assertThat(world.ask("SELECT count(*) FROM acme.t")).isEqualTo("" + (1050 + written));
      assertThat(world.ask("SELECT sum(x) FROM acme.t"))
          .isEqualTo("" + (1050L * 1051 / 2 + written + written * 7L));
    }
    patient.close();
  }

  @Test
  void a_backfill_that_finds_its_own_changes_again_is_given_up() throws Exception {
    var strict = world.with(s -> s.with(new BackfillLimits(1_000_000, 1_000)));
    var problem =
        problem(
            MigrationFailed.class,
            () -> strict.migrate(acme, backfill("3", "UPDATE t SET y = 1 WHERE x IS NOT NULL")));

    assertThat(problem.message()).contains("its WHERE clause must leave out what it has changed");
    assertThat(world.version(acme)).isEqualTo("2");
    strict.close();
  }

  @Test
  void chunks_are_limited() {
    var strict = world.with(s -> s.with(new BackfillLimits(5, 1_000_000)));
    var problem = problem(MigrationFailed.class, () -> strict.migrate(acme, backfill("3", FILL)));
    assertThat(problem.message()).contains("500 rows in 5 chunks");
    strict.close();
  }

  @Test
  void a_backfill_goes_on_where_it_was_interrupted() throws Exception {
    var strict = world.with(s -> s.with(new BackfillLimits(5, 1_000_000)));
    problem(MigrationFailed.class, () -> strict.migrate(acme, backfill("3", FILL)));
    strict.close();

    assertThat(world.migrate(acme, backfill("3", FILL)))
        .isEqualTo("V3 changed 550 rows in 6 chunks");
  }

  @Test
  void an_interrupted_thread_stops_between_chunks() throws Exception {
    Thread.currentThread().interrupt();
    try {
      world.migrate(acme, backfill("3", FILL));
      assertThat(false).as("it was not interrupted").isTrue();
    } catch (ProblemException e) {
      assertThat(e.problem()).isInstanceOf(DatabaseUnreachable.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(world.version(acme)).isEqualTo("2");
  }

  @Test
  void who_is_replaced_between_chunks_stops() throws Exception {
    world.run(
        """
        CREATE FUNCTION acme.take_over() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE tranche.fence SET epoch = 5
          WHERE (SELECT count(*) FROM acme.t WHERE y IS NOT NULL) >= 300;
          RETURN NULL;
        END $$\
        """,
        "CREATE TRIGGER take_over AFTER UPDATE ON acme.t EXECUTE FUNCTION acme.take_over()");

    problem(StaleWriter.class, () -> world.migrate(acme, backfill("3", FILL)));
    assertThat(world.ask("SELECT count(*) FROM acme.t WHERE y IS NOT NULL")).isEqualTo("300");
    assertThat(world.version(acme)).isEqualTo("2");
  }

  @Test
  void a_chunk_whose_acknowledgement_is_lost_is_not_lost() throws Exception {
    try (var cutter = CommitCutter.before(world.access.address().server(), Cut.THE_ANSWER)) {
      var cut = world.at("127.0.0.1", cutter.port());
      cutter.arm();
      cut.migrate(acme, backfill("3", FILL));

      assertThat(cutter.cuts()).isEqualTo(1);
      assertThat(unfilled()).isEqualTo("0");
      assertThat(world.version(acme)).isEqualTo("3");
      cut.close();
    }
  }

  @Test
  void a_backfill_is_one_statement_that_counts_what_it_changed() {
    var two =
        problem(
            MigrationFailed.class,
            () -> world.migrate(acme, backfill("3", FILL + "UPDATE t SET y = 0 WHERE false")));
    assertThat(two.message()).contains("one statement, this file has 2");

    var rows = problem(MigrationFailed.class, () -> world.migrate(acme, backfill("3", "SELECT 1")));
    assertThat(rows.message()).contains("say how many");
  }
}
