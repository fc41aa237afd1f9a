package tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.secret.Secret;

/// Who gets in, what a request may hold, and what a refusal looks like.
class GuardTest {
  private static TestPlane test;

  @BeforeAll
  static void start() {
    test = new TestPlane();
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  private static Raw raw() {
    return new Raw(test.server.port());
  }

  @Test
  void without_the_token_nothing_is_told() throws IOException {
    for (String path :
        new String[] {"/version", "/fleet", "/nowhere", "/events", "/openapi.yaml"}) {
      Raw.Answer answer = raw().without("Authorization").get("/api/v1" + path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("not-signed-in");
      assertThat(answer.headers()).containsKey("WWW-Authenticate");
    }
    assertThat(raw().without("Authorization").post("/api/v1/plans", "{}").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer ",
        "Bearer",
        "Bearer a-token-of-the-tes",
        "Bearer a-token-of-the-test2",
        "Basic a-token-of-the-test",
        "a-token-of-the-test",
        "Bearer A-TOKEN-OF-THE-TEST"
      })
  void another_token_is_refused_and_not_repeated(String header) throws IOException {
    Raw.Answer answer = raw().with("Authorization", header).get("/api/v1/version");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).doesNotContainIgnoringCase("of-the-tes");
  }

  @Test
  void the_word_bearer_may_be_written_in_any_case() throws IOException {
    Raw raw = raw().with("Authorization", "bearer " + TestPlane.TOKEN);

    assertThat(raw.get("/api/v1/version").status()).isEqualTo(200);
  }

  @Test
  void health_and_the_front_page_are_open() throws IOException {
    assertThat(raw().without("Authorization").get("/api/v1/healthz").body())
        .isEqualTo("{\"status\":\"ok\"}");
    assertThat(raw().without("Authorization").get("/").body())
        .isEqualTo("Tranche 1.2.3 - API at /api/v1, console is not built yet\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "[::2]:80"})
  void a_host_that_is_not_this_server_is_refused_even_with_the_token(String host)
      throws IOException {
    Raw.Answer answer = raw().with("Host", host).get("/api/v1/version");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("host-not-served");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8080", "[::1]"})
  void names_of_the_loopback_interface_are_served(String host) throws IOException {
    assertThat(raw().with("Host", host).get("/api/v1/version").status()).isEqualTo(200);
  }

  @Test
  void further_names_are_served_only_when_named() {
    HttpSettings settings =
        new HttpSettings("0.0.0.0", 0, Secret.of("x"), "1", Set.of("Tranche.Example"));

    assertThat(settings.allNames()).contains("tranche.example", "0.0.0.0", "localhost");
    assertThat(settings.toString()).doesNotContain("token=x");
  }

  @Test
  void a_problem_has_every_part_and_the_right_media_type() throws IOException {
    Raw.Answer answer = raw().get("/api/v1/rollouts/r-77");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers().get("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.json().propertyNames())
        .containsExactly(
            "type", "title", "status", "detail", "code", "kind", "what", "why", "fix", "traceId");
    assertThat(answer.json().path("type").asString())
        .isEqualTo("/docs/reference/problems/unknown-rollout");
    assertThat(answer.json().path("what").asString()).contains("r-77");
    assertThat(answer.json().path("kind").asString()).isEqualTo("not-found");
  }

  @Test
  void what_is_at_no_route_is_a_problem_too() throws IOException {
    assertThat(raw().get("/api/v1/nothing").code()).isEqualTo("no-such-route");
    assertThat(raw().get("/elsewhere").code()).isEqualTo("no-such-route");
    assertThat(raw().send("DELETE", "/api/v1/fleet", "").code()).isEqualTo("no-such-route");
    assertThat(raw().send("PUT", "/api/v1/plans", "{}").status()).isEqualTo(404);
    assertThat(raw().post("/api/v1/fleet", "{}").code()).isEqualTo("no-such-route");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tenants?limit=0",
        "/tenants?limit=1001",
        "/tenants?limit=-1",
        "/tenants?limit=ten",
        "/tenants?limit=99999999999999999999",
        "/tenants?tire=basic",
        "/tenants?tier=a&tier=b",
        "/tenants?q=%00",
        "/tenants?cursor=nonsense",
        "/tenants?cursor=%25%25",
        "/plans/0123456/tenants?cursor=MTp4",
        "/rollouts?limit=101",
        "/fleet?x=1",
        "/events?after=-1",
        "/events?after=x"
      })
  void a_query_that_is_not_understood_is_refused(String path) throws IOException {
    if (path.startsWith("/plans/")) {
      assertThat(raw().get("/api/v1" + path).code()).isEqualTo("unknown-plan");
      return;
    }
    Raw.Answer answer = raw().get("/api/v1" + path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("value-not-allowed");
  }

  @Test
  void long_values_are_refused_and_not_sent_back_whole() throws IOException {
    Raw.Answer answer = raw().get("/api/v1/tenants?q=" + "x".repeat(5_000));

    assertThat(answer.code()).isEqualTo("value-not-allowed");
    assertThat(answer.body().length()).isLessThan(2_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{\"to\":7}",
        "{\"to\":null}",
        "{\"too\":\"2026.10\"}",
        "{\"to\":\"2026.10\",\"tiers\":[null]}",
        "{\"to\":\"2026.10\",\"tiers\":\"basic\"}",
        "{\"to\":\"2026.10\"} {}"
      })
  void a_body_of_another_form_is_refused(String body) throws IOException {
    Raw.Answer answer = raw().post("/api/v1/plans", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("body-not-json");
    assertThat(answer.body()).doesNotContain("tranche.api");
  }

  @Test
  void deep_json_is_refused() throws IOException {
    String deep = "{\"to\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

    assertThat(raw().post("/api/v1/plans", deep).code()).isEqualTo("body-not-json");
  }

  @Test
  void a_body_that_is_not_json_or_too_large_is_refused() throws IOException {
    String plan = "{\"to\":\"2026.10\"}";
    assertThat(raw().with("Content-Type", "text/plain").post("/api/v1/plans", plan).code())
        .isEqualTo("body-not-json");
    assertThat(raw().without("Content-Type").post("/api/v1/plans", plan).code())
        .isEqualTo("body-not-json");
    String large = "{\"to\":\"" + "x".repeat(256 * 1024) + "\"}";
    // Only said to be large: what is refused by its length is not read, so it need not be sent.
    Raw announced = raw().with("Content-Length", String.valueOf(large.length()));
    Raw.Answer answer = announced.post("/api/v1/plans", "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("body-too-large");
    Raw chunked = raw().with("Transfer-Encoding", "chunked").with("Content-Length", "");
    // Nothing after the byte that is too many, so that nothing is left unread.
    String chunk = "%x\r\n%s".formatted(large.length(), large.substring(0, 256 * 1024 + 1));
    assertThat(chunked.without("Content-Length").post("/api/v1/plans", chunk).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"to\":\"2026.10\",\"tenants\":[\"****\"]}",
        "{\"to\":\"2026.10\",\"tenants\":[\"a b\"]}",
        "{\"to\":\"2026.10\",\"tiers\":[\"\"]}",
        "{\"to\":\"2026.10\",\"regions\":[\"a\\nb\"]}"
      })
  void selections_that_could_never_match_or_cost_too_much_are_refused(String body)
      throws IOException {
    assertThat(raw().post("/api/v1/plans", body).code()).isEqualTo("value-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"tranche\":1,\"contract\":true}", "{\"contract\":false}"})
  void an_approval_names_one_gate(String body) throws IOException {
    assertThat(raw().post("/api/v1/rollouts/r-1/approve", body).code())
        .isIn("value-not-allowed", "unknown-rollout");
    assertThat(raw().post("/api/v1/rollouts/r-1/approve", body).code())
        .isEqualTo("value-not-allowed");
  }

  @Test
  void a_reason_has_words_and_a_user_is_a_short_label() throws IOException {
    assertThat(raw().post("/api/v1/rollouts/r-1/pause", "{\"reason\":\" \"}").code())
        .isEqualTo("value-not-allowed");
    assertThat(raw().post("/api/v1/rollouts/r-1/pause", "{}").code()).isEqualTo("body-not-json");
    String folder = "{\"folder\":\"/releases/1\"}";
    assertThat(
            raw()
                .with("X-Tranche-User", "x".repeat(65))
                .post("/api/v1/rollouts/r-1/resume", "")
                .code())
        .isEqualTo("value-not-allowed");
    assertThat(raw().with("X-Tranche-User", "Nina K.").post("/api/v1/releases", folder).status())
        .isEqualTo(201);
  }

  @Test
  void a_release_folder_is_an_absolute_path() throws IOException {
    assertThat(raw().post("/api/v1/releases", "{\"folder\":\"releases/1\"}").code())
        .isEqualTo("value-not-allowed");
    assertThat(raw().post("/api/v1/releases", "{\"folder\":\"\"}").code())
        .isEqualTo("value-not-allowed");
    assertThat(raw().post("/api/v1/releases", "{\"folder\":\"/a\\u0000b\"}").code())
        .isEqualTo("value-not-allowed");
  }

  @Test
  void a_defect_shows_a_trace_id_and_no_stack() throws IOException {
    Raw.Answer answer = raw().post("/api/v1/releases", "{\"folder\":\"/\"}");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.code()).isEqualTo("internal-error");
    assertThat(answer.json().path("traceId").asString()).matches("[0-9a-f]{16}");
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("at tranche");
  }

  @Test
  void what_the_web_server_itself_refuses_tells_nothing() throws IOException {
    Raw.Answer encoded = raw().get("/api/v1/tenants/..%2f..%2fetc");
    Raw.Answer large = raw().with("X-Large", "x".repeat(20_000)).get("/api/v1/version");

    assertThat(encoded.status()).isBetween(400, 404);
    assertThat(large.status()).isEqualTo(431);
    assertThat(encoded.body() + large.body()).doesNotContainIgnoringCase("jetty");
    assertThat(encoded.headers()).doesNotContainKey("Server");
  }
}
