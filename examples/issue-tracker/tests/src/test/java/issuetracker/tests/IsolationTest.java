package issuetracker.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import issuetracker.r2026_11.Main;
import issuetracker.server.IssueTracker;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IsolationTest {
  private static final String MINE = "11111111-1111-1111-1111-111111111111";
  private static final String THEIRS = "22222222-2222-2222-2222-222222222222";

  private TestDatabase database;

  @BeforeEach
  void two_tenants_in_one_schema() throws SQLException {
    database = TestDatabase.create().schema("app");
    for (String file : new String[] {Releases.V1, Releases.V2, Releases.V3}) {
      database.migrate("app", file);
    }
    database.execute(
        """
        INSERT INTO app.issue (tenant_id, id, title, body, status, priority) VALUES
          ('acme', '%s', 'mine', '', 'open', 'low'), ('globex', '%s', 'theirs', '', 'open', 'high')
        """
            .formatted(MINE, THEIRS));
  }

  @Test
  void the_application_role_cannot_bypass_row_level_security() throws SQLException {
    assertThat(
            database.query(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'tracker_app'"))
        .isEqualTo("f");
    assertThat(
            database.query(
                """
                SELECT count(*) FILTER (WHERE relrowsecurity AND relforcerowsecurity) || ' of ' || count(*)
                FROM pg_class
                WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'
                """))
        .isEqualTo("4 of 4");
  }

  @Test
  void without_a_tenant_no_row_is_visible() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "SELECT count(*) FROM app.issue")).isZero();
      connection.setAutoCommit(false);
      statement.execute("SELECT set_config('app.tenant', 'acme', true)");
      assertThat(count(statement, "SELECT count(*) FROM app.issue")).isEqualTo(1);
      connection.commit();
      // The setting is now the empty text, no longer NULL.
      assertThat(count(statement, "SELECT count(*) FROM app.issue")).isZero();
    }
  }

  @Test
  void statements_that_forget_the_tenant_still_reach_only_its_rows() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT set_config('app.tenant', 'acme', true)");
      assertThat(statement.executeUpdate("UPDATE app.issue SET title = 'x'")).isEqualTo(1);
      assertThat(statement.executeUpdate("DELETE FROM app.issue WHERE id = '" + THEIRS + "'"))
          .isZero();
      assertThatThrownBy(() -> statement.execute("UPDATE app.issue SET tenant_id = 'globex'"))
          .hasMessageContaining("row-level security");
    }
    assertThat(database.query("SELECT title FROM app.issue WHERE tenant_id = 'globex'"))
        .isEqualTo("theirs");
  }

  @Test
  void over_http_a_tenant_neither_sees_nor_changes_what_is_not_its_own() throws Exception {
    try (IssueTracker tracker = Instances.pooled(Main.release(), database, "acme", "globex")) {
      Client acme = new Client(tracker.port(), "acme");
      UUID theirs = UUID.fromString(THEIRS);
      assertThat(acme.get("/issues").json().requiredObjects("issues"))
          .extracting(issue -> issue.requiredText("tenant") + " " + issue.requiredText("title"))
          .containsExactly("acme mine");
      assertThat(acme.get("/issues/" + theirs).status()).isEqualTo(404);
      assertThat(acme.patch(theirs, "{\"title\":\"taken\"}").status()).isEqualTo(404);
      assertThat(acme.send("DELETE", "/issues/" + theirs, "").status()).isEqualTo(404);
      assertThat(acme.post("/issues/" + theirs + "/comments", "{\"body\":\"b\"}").status())
          .isEqualTo(404);
      // The same id is free for every tenant.
      assertThat(acme.createIssue(theirs, "low").status()).isEqualTo(201);
    }
    assertThat(database.query("SELECT title FROM app.issue WHERE tenant_id = 'globex'"))
        .isEqualTo("theirs");
  }

  private static int count(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
