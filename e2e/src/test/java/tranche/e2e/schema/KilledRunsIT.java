package tranche.e2e.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGKILL of the runner or of the whole server, at random moments of 50 runs over 200 stores. Each
/// run brings one more migration, and every third of them runs outside of a transaction. After each
/// round the same command is given again, until it says that all is done.
///
/// That a migration ran once is told by what it did: it adds one to a number, which doing it twice
/// would show and a row in a history would not.
class KilledRunsIT {
  private static final int STORES = 200;
  private static final int ROUNDS = Integer.getInteger("tranche.kill.rounds", 50);
  private static final long SEED = Long.getLong("tranche.kill.seed", 20_261_120L);
  private static final int TRIES_MAX = 10;

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private int killedRunners;
  private int killedServers;

  @Test
  void every_store_gets_there_and_every_migration_runs_once() throws Exception {
    try (var server = new SchemaServer(Files.createDirectory(folder.resolve("postgres")))) {
      Path work = Files.createDirectory(folder.resolve("work"));
      Files.createDirectory(work.resolve("migrations"));
      prepare(server, work);
      for (int round = 1; round <= ROUNDS; round++) {
        write(work, round);
        disturbed(server, work);
        undisturbed(server, work, round);
        check(server, round);
      }
    }
    System.out.printf(
        "%d rounds over %d stores, seed %d: %d runners and %d servers killed in the middle%n",
        ROUNDS, STORES, SEED, killedRunners, killedServers);
    assertThat(killedRunners).as("runners that were still at work when killed").isPositive();
    assertThat(killedServers).as("servers that were killed under a run").isPositive();
  }

  private void prepare(SchemaServer server, Path work) throws Exception {
    server.execute("postgres", "CREATE DATABASE fleet");
    for (int i = 0; i < STORES; i++) {
      server.execute("fleet", "CREATE SCHEMA " + schema(i));
    }
    Files.writeString(
        work.resolve("migrations/V0.1__base.sql"),
        """
        CREATE TABLE counter (n integer NOT NULL);
        INSERT INTO counter VALUES (0);
        CREATE TABLE item (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
        INSERT INTO item (name) SELECT 'x' || g FROM generate_series(1, 50) g;
        """);
    undisturbed(server, work, 0);
  }

  private static String schema(int number) {
    return "tenant_%03d".formatted(number);
  }

  private static boolean isOutsideOfTransaction(int round) {
    return round % 3 == 0;
  }

  private static void write(Path work, int round) throws IOException {
    String sql =
        isOutsideOfTransaction(round)
            ? """
            CREATE INDEX CONCURRENTLY item_by_name_%1$d ON item (name, id);
            CREATE INDEX CONCURRENTLY item_by_id_%1$d ON item (id, name);
            """
            : """
            UPDATE counter SET n = n + 1;
            ALTER TABLE item ADD COLUMN c%1$d integer DEFAULT %1$d;
            CREATE TABLE t%1$d (id bigint PRIMARY KEY);
            """;
    Files.writeString(
        work.resolve("migrations/V%d__round_%d.sql".formatted(round, round)),
        "-- tranche: allow=update-all-rows\n" + sql.formatted(round));
  }

  private List<String> apply(SchemaServer server) {
    return List.of(
        "apply",
        "--url",
        server.url("fleet"),
        "--schemas",
        "tenant_%",
        "--migrations",
        "migrations",
        "--parallel",
        "4",
        "--yes");
  }

  private void disturbed(SchemaServer server, Path work) throws Exception {
    SchemaCommand run = SchemaCommand.start(work, server, apply(server));
    boolean wasAtWork = run.isAtWorkAfter(Duration.ofMillis(400 + random.nextInt(1600)));
    boolean isServer = random.nextInt(5) == 0;
    if (isServer) {
      server.kill();
      killedServers += wasAtWork ? 1 : 0;
      run.end();
      server.start();
    } else {
      run.kill();
      killedRunners += wasAtWork ? 1 : 0;
    }
  }

  /// Gives the command again until it says that all is done; the lease of a killed run may keep the
  /// first tries waiting.
  private void undisturbed(SchemaServer server, Path work, int round) throws Exception {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < TRIES_MAX; i++) {
      SchemaCommand run = SchemaCommand.start(work, server, apply(server));
      if (run.end() == 0) {
        return;
      }
      told.add(run.told());
    }
    throw new AssertionError("round " + round + " does not get done: " + told.getLast());
  }

  private static void check(SchemaServer server, int round) throws SQLException {
    int transactional = round - round / 3;
    List<String> counters = new ArrayList<>();
    for (int i = 0; i < STORES; i++) {
      counters.add("SELECT n FROM " + schema(i) + ".counter");
    }
    assertThat(server.rows("fleet", String.join(" UNION ALL ", counters)))
        .as("what the migrations did, round " + round)
        .hasSize(STORES)
        .containsOnly(String.valueOf(transactional));
    assertThat(
            server.rows(
                "fleet",
                "SELECT target, count(*) FROM tranche.history WHERE ended_at IS NULL"
                    + " AND kind = 'versioned' GROUP BY target HAVING count(*) <> "
                    + (round + 1)))
        .as("histories with another number of rows, round " + round)
        .isEmpty();
    assertThat(
            server.rows(
                "fleet",
                "SELECT count(*), min(version), max(version) FROM tranche.store WHERE failure IS"
                    + " NULL"))
        .containsExactly(STORES + "|" + round + "|" + round);
    assertThat(server.rows("fleet", "SELECT * FROM tranche.progress"))
        .as("scripts that are said to be halfway, round " + round)
        .isEmpty();
    if (isOutsideOfTransaction(round)) {
      assertThat(server.rows("fleet", indexes(round)))
          .as("stores by number of valid and of invalid indexes, round " + round)
          .containsExactly(STORES + "|2|0");
    }
  }

  private static String indexes(int round) {
    return """
    SELECT count(*), good, bad FROM (
      SELECT n.nspname, count(*) FILTER (WHERE i.indisvalid) AS good,
        count(*) FILTER (WHERE NOT i.indisvalid) AS bad
      FROM pg_namespace n
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'i'
      JOIN pg_index i ON i.indexrelid = c.oid
      WHERE n.nspname LIKE 'tenant%%' AND (c.relname LIKE 'item_by_%%\\_%1$d' OR NOT i.indisvalid)
      GROUP BY n.nspname) per_store
    GROUP BY good, bad\
    """
        .formatted(round);
  }
}
