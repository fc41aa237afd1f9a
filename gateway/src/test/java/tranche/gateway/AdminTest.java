package tranche.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.gateway.TestGateway.arm;
import static tranche.gateway.TestGateway.cell;
import static tranche.gateway.TestGateway.instance;
import static tranche.gateway.TestGateway.tenant;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The admin interface: what it takes over, what it refuses, and who may ask.
final class AdminTest {
  private static final String CELLS = cell(arm("1", instance("i", 9, false)), arm("2"));
  private static final String TENANTS = "{" + tenant("acme", "user", "\"1\":90,\"2\":10") + "}";

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(folder);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private HttpResponse<String> change(
      String method, int epoch, int version, String cells, String tenants) throws Exception {
    return gateway.admin(
        method,
        "/v1/routes",
        "{\"epoch\":%d,\"version\":%d,\"cells\":%s,\"tenants\":%s}"
            .formatted(epoch, version, cells, tenants));
  }

  private String routes() throws Exception {
    return gateway.admin("GET", "/v1/routes", "").body();
  }

  @Test
  void a_table_is_answered_as_it_was_put() throws Exception {
    JsonNode applied = TestGateway.ok(change("PUT", 3, 7, CELLS, TENANTS));

    assertThat(applied.toString()).isEqualTo("{\"epoch\":3,\"version\":7}");
    JsonNode table = JsonMapper.shared().readTree(routes());
    assertThat(table.get("tenants")).isEqualTo(JsonMapper.shared().readTree(TENANTS));
    assertThat(table.at("/cells/c/arms/1/instances/0/id").stringValue()).isEqualTo("i");
    JsonNode state = TestGateway.ok(gateway.admin("GET", "/v1/state", ""));
    assertThat(state.get("epoch").intValue()).isEqualTo(3);
    assertThat(state.get("tenants").intValue()).isEqualTo(1);
    assertThat(state.get("bootId").stringValue()).isNotEmpty();
  }

  @Test
  void an_older_table_never_replaces_a_newer_one_I13() throws Exception {
    TestGateway.ok(change("PUT", 2, 5, CELLS, TENANTS));
    String other = "{" + tenant("acme", "user", "\"1\":100,\"2\":0") + "}";

    for (int[] older : new int[][] {{2, 4}, {1, 99}, {2, 5}}) {
      for (String method : new String[] {"PUT", "PATCH"}) {
        HttpResponse<String> answer = change(method, older[0], older[1], CELLS, other);
        assertThat(answer.statusCode()).isEqualTo(409);
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("code").stringValue()).isEqualTo("gateway-table-outdated");
        assertThat(problem.get("epoch").intValue()).isEqualTo(2);
        assertThat(problem.get("version").intValue()).isEqualTo(5);
      }
    }
    assertThat(routes()).contains("\"1\":90");
    TestGateway.ok(change("PATCH", 3, 0, "{}", other));
    assertThat(routes()).contains("\"1\":100");
  }

  @Test
  void the_same_change_twice_is_accepted_twice() throws Exception {
    for (int i = 0; i < 2; i++) {
      TestGateway.ok(change("PUT", 1, 1, CELLS, TENANTS));
    }
    for (int i = 0; i < 2; i++) {
      TestGateway.ok(change("PATCH", 1, 2, "{}", "{\"acme\":null}"));
    }
    assertThat(routes()).doesNotContain("acme");
  }

  @Test
  void a_patch_changes_what_it_names_and_nothing_else() throws Exception {
    TestGateway.ok(change("PUT", 1, 1, CELLS, TENANTS));
    TestGateway.ok(change("PATCH", 1, 2, "{}", "{" + tenant("globex", "none", "\"2\":100") + "}"));

    JsonNode answer =
        TestGateway.ok(
            gateway.admin(
                "POST", "/v1/tenants/query", "{\"ids\":[\"globex\",\"acme\",\"nobody\"]}"));

    assertThat(answer.get("version").intValue()).isEqualTo(2);
    assertThat(answer.get("routes").propertyNames()).containsExactly("globex", "acme");
    assertThat(answer.at("/routes/acme/arms/2").intValue()).isEqualTo(10);
    assertThat(answer.at("/routes/globex/sticky").stringValue()).isEqualTo("none");
  }

  @Test
  void a_table_that_contradicts_itself_changes_nothing() throws Exception {
    TestGateway.ok(change("PUT", 1, 1, CELLS, TENANTS));
    String before = routes();
    for (String arms :
        new String[] {
          "\"1\":90,\"2\":11",
          "\"1\":90",
          "\"3\":100",
          "",
          "\"1\":100,\"1\":0",
          "\"1\":101,\"2\":-1",
          "\"1\":50.5,\"2\":49.5",
          "\"1\":\"100\""
        }) {
      HttpResponse<String> answer =
          change(
              "PATCH",
              1,
              2,
              "{}",
              "{" + tenant("good", "user", "\"1\":100") + "," + tenant("acme", "user", arms) + "}");
      assertThat(answer.statusCode()).as(arms + answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("\"fix\"");
    }
    assertThat(change("PATCH", 1, 2, "{\"c\":null}", "{}").statusCode()).isEqualTo(400);
    assertThat(routes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "null",
        "{\"epoch\":1}",
        "{\"epoch\":1,\"version\":1,\"extra\":1}",
        "{\"epoch\":1,\"version\":1,\"cells\":[]}",
        "{\"epoch\":-1,\"version\":1}",
        "{\"epoch\":1,\"version\":99999999999999999999}",
        "{\"epoch\":1,\"version\":1} {}",
        "{\"epoch\":1,\"version\":1,\"cells\":{\"c\":null}}",
        "{\"epoch\":1,\"version\":1,\"cells\":{\"c d\":{\"arms\":{}}}}"
      })
  void a_body_that_is_no_table_is_400_and_says_why(String body) throws Exception {
    HttpResponse<String> answer = gateway.admin("PUT", "/v1/routes", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"what\"").contains("\"why\"").contains("\"fix\"");
  }

  @Test
  void nobody_without_the_token_is_answered() throws Exception {
    for (String header :
        new String[] {
          "X: y",
          "Authorization: Bearer nothing",
          "Authorization: " + TestGateway.ADMIN_TOKEN,
          "Authorization: Bearer " + TestGateway.PREVIEW_TOKEN,
          "Authorization: Bearer " + TestGateway.ADMIN_TOKEN + "\r\nAuthorization: Bearer x"
        }) {
      for (String path : new String[] {"/v1/state", "/v1/routes", "/metrics", "/nothing"}) {
        String answer =
            RawClient.exchange(
                gateway.adminPort(),
                "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain(TestGateway.ADMIN_TOKEN);
      }
    }
    assertThat(RawClient.exchange(gateway.adminPort(), "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void other_paths_are_404_and_waiting_is_refused() throws Exception {
    assertThat(gateway.admin("GET", "/v2/routes", "").statusCode()).isEqualTo(404);
    assertThat(gateway.admin("DELETE", "/v1/routes", "").statusCode()).isEqualTo(404);
    assertThat(gateway.admin("PATCH", "/v1/routes?awaitReady=true", "{}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_query_that_is_too_large_is_413() throws Exception {
    String body = "{\"ids\":[\"" + "x".repeat(17 * 1024 * 1024) + "\"]}";
    String answer =
        RawClient.exchange(
            gateway.adminPort(),
            "POST /v1/tenants/query HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TestGateway.ADMIN_TOKEN
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void a_table_that_cannot_be_stored_is_not_taken_over() throws Exception {
    TestGateway.ok(change("PUT", 1, 1, CELLS, TENANTS));
    Path blocked = Files.createDirectory(folder.resolve("state/routes.json.new"));
    Files.createFile(blocked.resolve("in-the-way"));

    HttpResponse<String> answer = change("PATCH", 1, 2, "{}", "{\"acme\":null}");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("gateway-table-not-stored");
    assertThat(routes()).contains("acme").contains("\"version\":1");
  }

  @Test
  void before_the_first_table_clients_are_asked_to_come_back() throws Exception {
    HttpResponse<String> answer = gateway.get("acme", "/");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("gateway-no-routes");
    Map<String, ?> headers = answer.headers().map();
    assertThat(headers).containsKey("retry-after");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"instances\":[{\"id\":\"i\",\"host\":\"example.com\",\"port\":1}]",
        "\"instances\":[{\"id\":\"i\",\"host\":\"127.0.0.1\",\"port\":0}]",
        "\"instances\":[{\"id\":\"i\",\"host\":\"127.0.0.256\",\"port\":1}]",
        "\"instances\":[{\"id\":\"i\",\"port\":1,\"port\":2,\"host\":\"127.0.0.1\"}]",
        "\"instances\":[],\"readiness\":\"x\"",
        "\"instances\":[],\"readiness\":\"/x\\r\\ny\""
      })
  void an_arm_that_cannot_be_reached_is_refused(String arm) throws Exception {
    String cells = "{\"c\":{\"arms\":{\"1\":{" + arm + "}}}}";
    assertThat(change("PUT", 1, 1, cells, "{}").statusCode()).isEqualTo(400);
  }
}
