package issuetracker.tests;

import static issuetracker.tests.Wait.await;
import static org.assertj.core.api.Assertions.assertThat;

import issuetracker.r2026_11.Main;
import issuetracker.server.IssueTracker;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class DeadlockTest {
  @Test
  void a_transaction_that_lost_a_deadlock_is_run_again_and_the_user_sees_nothing_of_it()
      throws Exception {
    TestDatabase database = TestDatabase.create().schema("app");
    for (String file : new String[] {Releases.V1, Releases.V2, Releases.V3}) {
      database.migrate("app", file);
    }
    try (IssueTracker tracker = Instances.pooled(Main.release(), database, "acme");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = database.asOwner();
        Statement statement = other.createStatement()) {
      Client acme = new Client(tracker.port(), "acme");
      String team = acme.post("/teams", "{\"name\":\"core\"}").text("id");
      acme.post("/issues", "{\"title\":\"t\",\"team_id\":\"" + team + "\"}");

      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM app.issue FOR UPDATE");
      // Deletes the team, then waits for the issue.
      Future<Client.Answer> deletion =
          threads.submit(() -> acme.send("DELETE", "/teams/" + team, ""));
      await()
          .until(
              () -> database.query("SELECT count(*) FROM pg_locks WHERE NOT granted"), "1"::equals);
      // Waits for the team: neither can go on. The server looks for deadlocks of the application
      // first
      // (see TestDatabase), so that is the one it ends.
      statement.execute("SELECT 1 FROM app.team FOR UPDATE");
      other.commit();

      assertThat(deletion.get().status()).isEqualTo(204);
      await()
          .until(
              () ->
                  database.query(
                      "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"),
              "1"::equals);
    }
    assertThat(database.query("SELECT count(*) FROM app.team")).isEqualTo("0");
    assertThat(database.query("SELECT team_id FROM app.issue")).isEqualTo("null");
  }
}
