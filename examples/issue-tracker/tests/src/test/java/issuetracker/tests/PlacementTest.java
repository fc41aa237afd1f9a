package issuetracker.tests;

import static org.assertj.core.api.Assertions.assertThat;

import issuetracker.r2026_11.Main;
import issuetracker.server.IssueTracker;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Tenants in schemas of their own, and tenants in two schemas at once.
final class PlacementTest {
  @Test
  void a_hybrid_tenant_keeps_people_in_the_shared_schema_and_work_in_its_own() throws Exception {
    TestDatabase database = migrated("app", "t_initech");
    try (IssueTracker tracker =
        Instances.start(
            Main.release(),
            database,
            Instances.placed("acme", "app", "app"),
            Instances.placed("initech", "app", "t_initech"))) {
      Client initech = new Client(tracker.port(), "initech");
      String team = initech.post("/teams", "{\"name\":\"core\"}").text("id");
      assertThat(
              initech
                  .post(
                      "/users", "{\"handle\":\"bob\",\"name\":\"B\",\"team_id\":\"" + team + "\"}")
                  .status())
          .isEqualTo(201);
      Client.Answer issue =
          initech.post("/issues", "{\"title\":\"t\",\"team_id\":\"" + team + "\"}");
      assertThat(issue.status()).isEqualTo(201);
      initech.post("/issues/" + issue.text("id") + "/comments", "{\"body\":\"b\"}");

      assertThat(counts(database, "app")).isEqualTo("1 1 0 0");
      assertThat(counts(database, "t_initech")).isEqualTo("0 0 1 1");
      assertThat(new Client(tracker.port(), "acme").get("/teams").json().requiredObjects("teams"))
          .isEmpty();

      assertThat(initech.send("DELETE", "/teams/" + team, "").status()).isEqualTo(204);
      assertThat(initech.get("/issues/" + issue.text("id")).text("team_id")).isEqualTo("null");
    }
  }

  @Test
  void an_issue_cannot_be_given_to_a_team_that_does_not_exist() throws Exception {
    TestDatabase database = migrated("app", "t_initech");
    try (IssueTracker tracker =
        Instances.start(
            Main.release(), database, Instances.placed("initech", "app", "t_initech"))) {
      Client.Answer answer =
          new Client(tracker.port(), "initech")
              .post("/issues", "{\"title\":\"t\",\"team_id\":\"" + UUID.randomUUID() + "\"}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text("error")).isEqualTo("\"team_id\" is no team of this tenant");
    }
    assertThat(counts(database, "t_initech")).isEqualTo("0 0 0 0");
  }

  @Test
  void schemas_with_awkward_names_are_kept_apart() throws Exception {
    TestDatabase database = migrated("\"T one\"", "\"T \"\"two\"\"\"");
    try (IssueTracker tracker =
        Instances.start(
            Main.release(),
            database,
            Instances.placed("one", "T one", "T one"),
            Instances.placed("two", "T \"two\"", "T \"two\""))) {
      assertThat(new Client(tracker.port(), "one").get("/ready").status()).isEqualTo(200);
      assertThat(new Client(tracker.port(), "one").createIssue(UUID.randomUUID(), "low").status())
          .isEqualTo(201);
      assertThat(new Client(tracker.port(), "two").get("/issues").json().requiredObjects("issues"))
          .isEmpty();
    }
    assertThat(counts(database, "\"T one\"")).isEqualTo("0 0 1 0");
  }

  private static TestDatabase migrated(String... schemas) throws SQLException {
    TestDatabase database = TestDatabase.create();
    for (String schema : schemas) {
      database.schema(schema);
      for (String file : new String[] {Releases.V1, Releases.V2, Releases.V3}) {
        database.migrate(schema, file);
      }
    }
    return database;
  }

  private static String counts(TestDatabase database, String schema) throws SQLException {
    return database.query(
        """
        SELECT concat_ws(' ', (SELECT count(*) FROM %1$s.team), (SELECT count(*) FROM %1$s.app_user),
          (SELECT count(*) FROM %1$s.issue), (SELECT count(*) FROM %1$s.comment))
        """
            .formatted(schema));
  }
}
