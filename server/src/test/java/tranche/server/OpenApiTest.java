package tranche.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tranche.core.problem.ProblemKind;
import tranche.server.http.Problems;

/// The document and the routes say the same, and what is really answered fits the document.
class OpenApiTest {
  private static final String BASE = "/api/v1";
  private static TestPlane test;
  private static OpenApi api;

  @BeforeAll
  static void start() throws IOException {
    test = new TestPlane();
    Raw.Answer document = raw().get(BASE + "/openapi.yaml");
    assertThat(document.headers()).containsEntry("Content-Type", "application/yaml");
    assertThat(document.body()).startsWith("openapi: 3.1.0");
    api = new OpenApi(document.body());
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  private static Raw raw() {
    return new Raw(test.server.port());
  }

  @Test
  void every_route_is_described_and_every_description_has_a_route() {
    List<String> served =
        test.server.javalin().unsafe.internalRouter.allHttpHandlers().stream()
            .map(handler -> handler.endpoint)
            .filter(e -> e.method.equals(HandlerType.GET) || e.method.equals(HandlerType.POST))
            .filter(e -> e.path.startsWith(BASE))
            .map(e -> e.method.name() + " " + e.path.substring(BASE.length()))
            .sorted()
            .toList();

    assertThat(served).hasSizeGreaterThan(25).doesNotHaveDuplicates();
    assertThat(List.copyOf(api.operations().keySet())).isEqualTo(served);
  }

  @Test
  void every_query_parameter_is_described_and_known() {
    Map<String, List<String>> known =
        test.server.routes().stream()
            .collect(
                Collectors.toMap(
                    r -> r.method() + " " + r.path(), r -> r.query().stream().sorted().toList()));

    assertThat(known.keySet()).isEqualTo(api.operations().keySet());
    known.forEach((operation, names) ->
        assertThat(api.parameters(operation, "query")).as(operation).isEqualTo(names));
  }

  @Test
  void every_part_of_a_path_is_described() {
    for (String operation : api.operations().keySet()) {
      List<String> parts =
          Pattern.compile("\\{(\\w+)}").matcher(operation).results().map(m -> m.group(1)).toList();
      assertThat(api.parameters(operation, "path")).as(operation).isEqualTo(parts);
    }
  }

  @Test
  void everything_that_changes_something_takes_a_key_and_a_user() {
    for (String operation : api.operations().keySet()) {
      if (operation.startsWith("POST ")) {
        assertThat(api.parameters(operation, "header"))
            .as(operation)
            .contains("Idempotency-Key", "X-Tranche-User");
      }
    }
  }

  @Test
  void every_operation_has_a_name_of_its_own_a_summary_and_a_problem() {
    List<String> names =
        api.operations().values().stream().map(o -> o.path("operationId").asString()).toList();

    assertThat(names).doesNotContain("").doesNotHaveDuplicates();
    assertThat(api.operations().values())
        .allMatch(o -> !o.path("summary").asString().isEmpty())
        .allMatch(o -> o.path("responses").has("default"));
  }

  @Test
  void every_example_fits_its_schema() {
    List<OpenApi.Example> examples = api.examples();

    assertThat(examples).hasSizeGreaterThan(20);
    for (OpenApi.Example example : examples) {
      assertThat(api.violations(example.schema(), example.value())).as(example.place()).isEmpty();
    }
  }

  @Test
  void every_reference_leads_somewhere_and_every_schema_is_used() {
    List<String> references = api.document().findValuesAsString("$ref");

    assertThat(references).allMatch(r -> !api.document().at(r.substring(1)).isMissingNode());
    TreeSet<String> used = new TreeSet<>();
    references.forEach(r -> used.add(r.substring(r.lastIndexOf('/') + 1)));
    for (String kind : List.of("schemas", "parameters", "responses")) {
      assertThat(used).containsAll(api.document().path("components").path(kind).propertyNames());
    }
  }

  @Test
  void a_schema_refuses_what_it_does_not_describe() {
    JsonNode version = api.schema("Version");
    JsonMapper json = JsonMapper.shared();

    assertThat(api.violations(version, json.readTree("{\"version\":\"1\",\"inCharge\":true}")))
        .isEmpty();
    assertThat(api.violations(version, json.readTree("{\"version\":\"1\"}"))).isNotEmpty();
    assertThat(
            api.violations(version, json.readTree("{\"version\":\"1\",\"inCharge\":true,\"x\":1}")))
        .isNotEmpty();
  }

  @Test
  void the_kinds_and_statuses_of_problems_are_all_described() {
    List<String> kinds =
        api.schema("Kind").path("enum").valueStream().map(JsonNode::asString).sorted().toList();
    List<Integer> statuses =
        api.schema("Problem")
            .path("properties")
            .path("status")
            .path("enum")
            .valueStream()
            .map(JsonNode::asInt)
            .toList();

    assertThat(kinds)
        .isEqualTo(
            List.of(ProblemKind.values()).stream()
                .map(k -> k.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .sorted()
                .toList());
    assertThat(statuses)
        .containsExactlyInAnyOrderElementsOf(
            List.of(ProblemKind.values()).stream().map(Problems::status).distinct().toList());
  }

  @Test
  void what_is_really_answered_fits() throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("tenant", "acme");
    names.put("release", TestPlane.RELEASE);
    test.install();
    post("/releases", names, "{\"folder\":\"/releases/2026.11\"}");
    names.put("plan", post("/plans", names, "{\"to\":\"2026.11\"}").path("id").asString());
    String start = "{\"plan\":\"%s\"}".formatted(names.get("plan"));
    names.put("rollout", post("/rollouts", names, start).path("id").asString());
    await().until(() -> TestPlane.waitsForApproval(test.client.rollout(names.get("rollout"))));
    everyGet(names);
    post("/rollouts/{rollout}/pause", names, "{\"reason\":\"lunch\"}");
    post("/rollouts/{rollout}/resume", names, "{}");
    post("/rollouts/{rollout}/approve", names, "{\"tranche\":2}");
    post("/rollouts/{rollout}/retry", names, "{\"tenants\":[\"acme\"]}");
    await().until(() -> test.client.tenant("acme").release().get().equals(TestPlane.RELEASE));
    post("/rollouts/{rollout}/revert", names, "{\"tenants\":[\"acme\"],\"reason\":\"x\"}");
    await().until(() -> test.client.tenant("acme").release().get().equals(TestPlane.BASE));
    post("/rollouts/{rollout}/cancel", names, "{\"reason\":\"enough\"}");
    everyGet(names);
  }

  /// Asks for everything that can be read; what there is not yet is a problem that fits as well.
  private static void everyGet(Map<String, String> names) throws IOException {
    for (String operation : api.operations().keySet()) {
      boolean isStream = operation.endsWith("/events") || operation.endsWith("/openapi.yaml");
      if (operation.startsWith("GET ") && !isStream) {
        String path = operation.substring("GET ".length());
        Raw.Answer answer = raw().get(BASE + filled(path, names));
        assertThat(answer.status()).as(operation).isEqualTo(200);
        api.requireFit(operation, api.answer(operation, answer.status()), answer.body());
        Raw.Answer refused = raw().get(BASE + filled(path, names) + "?what=this");
        api.requireFit(operation, api.answer(operation, refused.status()), refused.body());
      }
    }
  }

  private static JsonNode post(String path, Map<String, String> names, String body)
      throws IOException {
    String operation = "POST " + path;
    api.requireFit(operation + " request", api.request(operation), body);
    Raw.Answer answer = raw().post(BASE + filled(path, names), body);
    api.requireFit(operation, api.answer(operation, answer.status()), answer.body());
    return answer.json();
  }

  private static String filled(String path, Map<String, String> names) {
    String filled = path;
    for (var name : names.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    return filled;
  }
}
