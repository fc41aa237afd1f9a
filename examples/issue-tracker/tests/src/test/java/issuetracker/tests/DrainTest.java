package issuetracker.tests;

import static issuetracker.tests.Wait.await;
import static org.assertj.core.api.Assertions.assertThat;

import issuetracker.r2026_11.Main;
import issuetracker.server.IssueTracker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DrainTest {
  private TestDatabase database;

  @BeforeEach
  void migrate() throws SQLException {
    database = TestDatabase.create().schema("app");
    for (String file : new String[] {Releases.V1, Releases.V2, Releases.V3}) {
      database.migrate("app", file);
    }
  }

  @Test
  void a_request_that_is_being_worked_on_is_finished() throws Exception {
    IssueTracker tracker = Instances.pooled(Main.release(), database, "acme");
    Client acme = new Client(tracker.port(), "acme");
    UUID id = UUID.randomUUID();
    acme.createIssue(id, "low");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker = database.asOwner();
        Statement lock = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      lock.execute("SELECT 1 FROM app.issue FOR UPDATE");
      Future<Client.Answer> slow =
          threads.submit(() -> acme.patch(id, "{\"priority\":\"urgent\"}"));
      await()
          .until(
              () -> database.query("SELECT count(*) FROM pg_locks WHERE NOT granted"), "1"::equals);

      Future<?> closing = threads.submit(tracker::close);
      await().until(() -> acme.get("/ready").status() == 503);
      assertThat(slow.isDone()).isFalse();
      blocker.commit();

      assertThat(slow.get().status()).isEqualTo(200);
      closing.get();
    }
    assertThat(database.query("SELECT priority FROM app.issue")).isEqualTo("urgent");
  }

  @Test
  void clients_that_leave_when_it_says_not_ready_lose_no_request() throws Exception {
    IssueTracker tracker = Instances.pooled(Main.release(), database, "acme");
    AtomicBoolean ready = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(threads.submit(() -> createWhile(ready, new Client(tracker.port(), "acme"))));
      }
      await().until(() -> Integer.parseInt(database.query("SELECT count(*) FROM app.issue")) > 50);
      Future<?> closing = threads.submit(tracker::close);
      Client health = new Client(tracker.port(), "acme");
      await().until(() -> health.get("/ready").status() == 503);
      ready.set(false);
      int created = 0;
      for (Future<Integer> client : clients) {
        created += client.get();
      }
      closing.get();
      assertThat(database.query("SELECT count(*) FROM app.issue"))
          .isEqualTo(String.valueOf(created));
    }
  }

  private static int createWhile(AtomicBoolean ready, Client client) throws Exception {
    int created = 0;
    while (ready.get()) {
      assertThat(client.createIssue(UUID.randomUUID(), "low").status()).isEqualTo(201);
      created++;
    }
    return created;
  }
}
