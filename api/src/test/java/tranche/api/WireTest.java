package tranche.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tranche.api.fleet.StoreJson;
import tranche.api.fleet.TenantJson;
import tranche.api.problem.ProblemJson;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.PlanJson;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;

/// How records look as JSON, and what is read back.
class WireTest {
  private static String json(Object value) {
    return Wire.tolerant().writeValueAsString(value);
  }

  @Test
  void members_keep_their_order_and_what_is_absent_is_left_out() {
    TenantJson tenant =
        new TenantJson(
            "acme",
            "premium",
            "",
            "schema",
            "active",
            Optional.empty(),
            "cell",
            List.of(new StoreJson("main", "db/s", Optional.empty(), Optional.empty())),
            Optional.of("2026.10"),
            Optional.of(Instant.parse("2026-11-02T12:00:00Z")),
            Optional.empty());

    assertThat(json(tenant))
        .isEqualTo(
            "{\"id\":\"acme\",\"tier\":\"premium\",\"region\":\"\",\"model\":\"schema\","
                + "\"status\":\"active\",\"cell\":\"cell\","
                + "\"stores\":[{\"role\":\"main\",\"store\":\"db/s\"}],"
                + "\"release\":\"2026.10\",\"since\":\"2026-11-02T12:00:00Z\"}");
    assertThat(Wire.tolerant().readValue(json(tenant), TenantJson.class)).isEqualTo(tenant);
  }

  @Test
  void durations_are_iso_8601() {
    var tranche =
        new PlanJson.PlannedTrancheJson(
            1, "a", "b", 1, 1, List.of(), List.of(), List.of(), Duration.ofMinutes(14));

    assertThat(json(tranche)).endsWith("\"about\":\"PT14M\"}");
    assertThat(Wire.tolerant().readValue(json(tranche), PlanJson.PlannedTrancheJson.class))
        .isEqualTo(tranche);
  }

  @Test
  void lists_that_are_absent_or_null_are_empty() {
    MakePlan plan = Wire.strict().readValue("{\"to\":\"1\",\"tiers\":null}", MakePlan.class);

    assertThat(plan).isEqualTo(new MakePlan("1", List.of(), List.of(), List.of()));
  }

  @Test
  void an_answer_may_have_members_that_are_not_known_and_a_request_may_not() {
    String json = "{\"version\":\"1\",\"inCharge\":true,\"colour\":\"red\"}";

    assertThat(Wire.tolerant().readValue(json, VersionJson.class).version()).isEqualTo("1");
    assertThatThrownBy(() -> Wire.strict().readValue(json, VersionJson.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void what_a_record_needs_must_be_there_and_of_its_kind() {
    for (String json : List.of("{}", "{\"to\":null}", "{\"to\":1}", "{\"to\":true}")) {
      assertThatThrownBy(() -> Wire.strict().readValue(json, MakePlan.class))
          .as(json)
          .isInstanceOf(JacksonException.class);
    }
  }

  @Test
  void a_problem_comes_back_as_it_was_said() {
    for (ProblemKind kind : ProblemKind.values()) {
      RecordedProblem problem = new RecordedProblem("a-code", kind, "What", "Why.", "Fix.");
      ProblemJson sent = ProblemJson.of(problem, 400, "t");

      assertThat(Wire.tolerant().readValue(json(sent), ProblemJson.class).problem())
          .isEqualTo(problem);
      assertThat(sent.title()).isEqualTo("A code");
      assertThat(sent.detail()).isEqualTo("What. Why. Fix.");
    }
  }

  @Test
  void a_kind_from_a_newer_server_is_a_failure() {
    Map<String, Object> newer =
        Map.of(
            "type", "t", "title", "t", "status", 418, "detail", "d", "code", "c", "kind", "teapot",
            "what", "w", "why", "y", "fix", "f", "traceId", "0");

    assertThat(Wire.tolerant().convertValue(newer, ProblemJson.class).problem().kind())
        .isEqualTo(ProblemKind.FAILED);
  }
}
