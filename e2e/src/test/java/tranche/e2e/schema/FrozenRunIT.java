package tranche.e2e.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A runner that is frozen in the middle of its work until its lease is over, as a machine is that
/// pauses. Another run takes over and gets everything done; when the first one wakes up it still
/// has its connections and its list of stores, and must not write anything any more.
///
/// A lease lasts a minute. So that nobody has to wait for that, the test lets the server's row of
/// it end: the runner is frozen and cannot renew it.
class FrozenRunIT {
  private static final int STORES = 50;
  private static final int DONE_BEFORE = 5;
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void a_runner_that_wakes_up_after_its_lease_writes_nothing_more() throws Exception {
    try (var server = new SchemaServer(Files.createDirectory(folder.resolve("postgres")))) {
      Path work = prepare(server);
      SchemaCommand frozen = SchemaCommand.start(work, server, apply(server));
      try {
        await("some stores that are done").atMost(SOON).until(() -> done(server) >= DONE_BEFORE);
        frozen.signal("STOP");
        assertThat(done(server)).as("stores that are done").isLessThan(STORES);
        server.execute(
            "fleet", "UPDATE tranche.run SET until = clock_timestamp() WHERE until > now()");

        SchemaCommand other = SchemaCommand.start(work, server, apply(server));
        assertThat(other.end()).as(other.told()).isZero();
        check(server);
        List<String> before = everything(server);

        frozen.signal("CONT");
        assertThat(frozen.end()).as(frozen.told()).isEqualTo(1);
        assertThat(frozen.told()).contains("lease");
        assertThat(everything(server)).isEqualTo(before);
      } finally {
        frozen.kill();
      }
      check(server);
    }
  }

  private Path prepare(SchemaServer server) throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    Path migrations = Files.createDirectory(work.resolve("migrations"));
    server.execute("postgres", "CREATE DATABASE fleet");
    for (int i = 0; i < STORES; i++) {
      server.execute("fleet", "CREATE SCHEMA tenant_" + i);
    }
    Files.writeString(
        migrations.resolve("V1__base.sql"),
        """
        CREATE TABLE counter (n integer NOT NULL);
        INSERT INTO counter VALUES (0);
        """);
    SchemaCommand base = SchemaCommand.start(work, server, apply(server));
    assertThat(base.end()).as(base.told()).isZero();
    write(migrations);
    return work;
  }

  private static void write(Path migrations) throws IOException {
    Files.writeString(
        migrations.resolve("V2__indexes.sql"),
        """
        CREATE INDEX CONCURRENTLY counter_up ON counter (n);
        CREATE INDEX CONCURRENTLY counter_down ON counter (n DESC);
        """);
    Files.writeString(
        migrations.resolve("V3__count.sql"),
        """
        -- tranche: allow=update-all-rows
        UPDATE counter SET n = n + 1;
        SELECT pg_sleep(0.15);
        """);
  }

  private static List<String> apply(SchemaServer server) {
    return List.of(
        "apply",
        "--url",
        server.url("fleet"),
        "--schemas",
        "tenant_%",
        "--parallel",
        "3",
        "--on-error",
        "continue",
        "--yes");
  }

  private static int done(SchemaServer server) throws SQLException {
    return Integer.parseInt(
        server.rows("fleet", "SELECT count(*) FROM tranche.store WHERE version = '3'").getFirst());
  }

  private static void check(SchemaServer server) throws SQLException {
    List<String> counters = new ArrayList<>();
    for (int i = 0; i < STORES; i++) {
      counters.add("SELECT n FROM tenant_" + i + ".counter");
    }
    assertThat(server.rows("fleet", String.join(" UNION ALL ", counters)))
        .as("what the migration did")
        .hasSize(STORES)
        .containsOnly("1");
    assertThat(
            server.rows(
                "fleet",
                "SELECT rows, count(*) FROM (SELECT target, count(*) AS rows FROM tranche.history"
                    + " GROUP BY target) h GROUP BY rows"))
        .as("stores by the number of rows in their history")
        .containsExactly("3|" + STORES);
    assertThat(
            server.rows(
                "fleet", "SELECT i.indisvalid, count(*) FROM pg_index i GROUP BY i.indisvalid"))
        .noneMatch(row -> row.startsWith("f"));
    assertThat(server.rows("fleet", "SELECT * FROM tranche.progress")).isEmpty();
  }

  /// All that is written down about stores, and who is in the middle of something.
  private static List<String> everything(SchemaServer server) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table : List.of("history", "store", "progress", "script")) {
      rows.addAll(
          server.rows("fleet", "SELECT t::text FROM tranche." + table + " t ORDER BY t::text"));
    }
    return rows;
  }
}
