package issuetracker.tests;

import static org.assertj.core.api.Assertions.assertThat;

import issuetracker.r2026_11.Main;
import issuetracker.server.IssueTracker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiTest {
  private IssueTracker tracker;
  private Client acme;

  @BeforeAll
  void start() throws SQLException, IOException {
    TestDatabase database = TestDatabase.create().schema("app");
    for (String file : new String[] {Releases.V1, Releases.V2, Releases.V3}) {
      database.migrate("app", file);
    }
    tracker = Instances.pooled(Main.release(), database, "acme", "globex");
    acme = new Client(tracker.port(), "acme");
  }

  @AfterAll
  void stop() {
    tracker.close();
  }

  @Test
  void every_answer_of_a_tenant_names_the_tenant_and_the_release() throws Exception {
    for (String path : new String[] {"/issues", "/teams", "/users", "/issues/no-uuid"}) {
      Client.Answer answer = acme.get(path);
      assertThat(answer.response().headers().firstValue("X-Tenant")).contains("acme");
      assertThat(answer.response().headers().firstValue("X-Release")).contains("2026.11");
      assertThat(answer.text("tenant")).isEqualTo("acme");
    }
  }

  @Test
  void creating_the_same_issue_again_answers_with_the_one_that_is_there() throws Exception {
    UUID id = UUID.randomUUID();
    Client.Answer first = acme.createIssue(id, "high");
    Client.Answer again = acme.createIssue(id, "high");
    Client.Answer other = acme.createIssue(id, "low");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.response().body()).isEqualTo(first.response().body());
    assertThat(other.status()).isEqualTo(409);
    acme.patch(id, "{\"priority\":\"low\"}");
    Client.Answer late = acme.createIssue(id, "high");
    assertThat(late.status()).isEqualTo(200);
    assertThat(late.text("priority")).isEqualTo("low");
  }

  @Test
  void a_change_leaves_alone_what_it_does_not_name() throws Exception {
    UUID id = UUID.randomUUID();
    acme.createIssue(id, "urgent");
    Client.Answer changed = acme.patch(id, "{\"status\":\"in_progress\"}");
    assertThat(changed.text("status")).isEqualTo("in_progress");
    assertThat(changed.text("priority")).isEqualTo("urgent");
    assertThat(acme.get("/issues?status=in_progress&limit=1").json().requiredObjects("issues"))
        .hasSize(1);
  }

  @Test
  void teams_can_be_renamed_listed_and_removed() throws Exception {
    String team = acme.post("/teams", "{\"name\":\"first\"}").text("id");
    assertThat(acme.post("/teams", "{\"name\":\"first\"}").status()).isEqualTo(409);
    assertThat(acme.send("PUT", "/teams/" + team, "{\"name\":\"second\"}").text("name"))
        .isEqualTo("second");
    assertThat(acme.get("/teams/" + team).text("name")).isEqualTo("second");
    assertThat(acme.send("DELETE", "/teams/" + team, "").status()).isEqualTo(204);
    assertThat(acme.get("/teams/" + team).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST  | /issues              | {}                               | 400
          POST  | /issues              | {"title":" "}                    | 400
          POST  | /issues              | {"title":"t","id":"7"}           | 400
          POST  | /issues              | {"title":"t","priority":"top"}   | 400
          POST  | /issues              | {"title":"t","colour":"red"}     | 400
          POST  | /issues              | {"title":7}                      | 400
          POST  | /issues              | {"title":"a\\u0000b"}            | 400
          POST  | /issues              | {"title":"a\\ud800b"}            | 400
          POST  | /issues              | {"title":"t","title":"u"}        | 400
          POST  | /issues              | [1]                              | 400
          POST  | /issues              | {"title":"t"} {}                 | 400
          GET   | /issues?limit=0      |                                  | 400
          GET   | /issues?limit=101    |                                  | 400
          GET   | /issues?status=lost  |                                  | 400
          GET   | /issues?tenant=other |                                  | 400
          GET   | /issues/7            |                                  | 400
          PATCH | /issues/5d1e8a4e-0000-4000-8000-000000000000 | {}       | 400
          PATCH | /issues/5d1e8a4e-0000-4000-8000-000000000000 | {"status":null}   | 400
          PATCH | /issues/5d1e8a4e-0000-4000-8000-000000000000 | {"status":"open"} | 404
          GET   | /nothing             |                                  | 404
          PUT   | /issues              | {}                               | 405
          """)
  void what_cannot_be_done_is_answered_with_the_reason_and_the_way_out(
      String method, String path, String body, int status) throws Exception {
    Client.Answer answer = acme.send(method, path, body == null ? "" : body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("error")).isNotEqualTo("null");
    assertThat(answer.text("fix")).isNotEqualTo("null");
  }

  @Test
  void a_body_of_more_than_64_kilobytes_is_refused() throws Exception {
    String long64 = "x".repeat(64 * 1024);
    assertThat(acme.post("/issues", "{\"title\":\"" + long64 + "\"}").status()).isEqualTo(413);
  }

  @Test
  void an_unknown_tenant_is_not_found() throws Exception {
    Client.Answer answer = new Client(tracker.port(), "umbrella").get("/issues");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("error")).isEqualTo("this instance serves no tenant \"umbrella\"");
  }

  @Test
  void without_the_header_the_first_label_of_the_host_is_the_tenant() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tracker.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /teams HTTP/1.1\r\nHost: globex.tracker.localhost:8000\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200")
          .contains("{\"tenant\":\"globex\",\"teams\":[]}");
    }
  }

  @Test
  void metrics_count_by_route_and_release_and_never_by_tenant() throws Exception {
    acme.get("/teams/" + UUID.randomUUID());
    String metrics = new String(acme.get("/metrics").response().body(), StandardCharsets.UTF_8);
    assertThat(metrics)
        .contains(
            "http_requests_total{method=\"GET\",route=\"/teams/{id}\",status=\"4xx\",release=\"2026.11\"}"
                + " ")
        .contains("http_request_duration_seconds_bucket{release=\"2026.11\",le=\"+Inf\"} ")
        .contains("http_requests_in_flight 1\n")
        .contains("issue_tracker_build_info{release=\"2026.11\"")
        .doesNotContain("acme");
  }
}
