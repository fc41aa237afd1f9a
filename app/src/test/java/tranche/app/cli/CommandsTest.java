package tranche.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tranche.api.Wire;
import tranche.app.cli.CommandLineRun.FakeTerminal;
import tranche.app.cli.CommandLineRun.Result;

class CommandsTest {
  private static final String PLAN = Golden.text("plan.json");
  private static final String ROLLOUT = Golden.text("rollout.json");
  private static final String OVER =
      ROLLOUT
          .replace("\"over\": false", "\"over\": true")
          .replace("\"phase\": \"moving\"", "\"phase\": \"done\"")
          .replace("r-42", "r-41");
  private static final String RELEASE =
      """
      {"id":"2026.11","app":"issues","hash":"aabbccddeeff0011","folder":"/srv/2026.11","files":12,
       "schema":{"readsFrom":"1","readsTo":"3","target":"4","migrations":[{"version":"2",
       "description":"add priority_v2","phase":"expand","checksum":"0123456789abcdef"}],
       "preflight":[],"touches":["issues"]}}\
      """;
  private static final String TENANT =
      """
      {"id":"acme","tier":"premium","region":"eu-west","model":"schema","status":"active",
       "cell":"premium-1","stores":[],"release":"2026.10"}\
      """;
  private static final String WHY =
      """
      {"subject":"acme","state":"waiting in tranche 4 (premium) of r-42","reasons":[{"code":"approval",
       "what":"tranche 4 needs an approval","who":"release-managers"}]}\
      """;

  @TempDir private Path folder;
  private ScriptedServer server;
  private CommandLineRun tranche;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    tranche = new CommandLineRun(folder);
    CommandLineRun.point(folder.resolve(".tranche"), server.url());
    server.on("GET /rollouts?limit=100", "{\"items\":[" + ROLLOUT + "," + OVER + "]}");
    server.on("GET /rollouts/r-42", ROLLOUT);
    server.on("POST /plans", PLAN);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_plan_is_printed_with_the_command_that_carries_it_out() {
    Result result = tranche.run("plan", "--to", "2026.11", "--tenant", "acme", "-l", "tier=basic");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .isEqualTo(Golden.text("plan.txt") + "Next: tranche rollout start 7f3a91c\n");
    assertThat(server.bodyOf("POST /plans"))
        .isEqualTo(
            "{\"to\":\"2026.11\",\"tiers\":[\"basic\"],\"regions\":[],\"tenants\":[\"acme\"]}");
    assertThat(server.requests.getFirst().user()).isEqualTo("nina");
    assertThat(server.requests.getFirst().authorization())
        .isEqualTo("Bearer " + ScriptedServer.TOKEN);
  }

  @Test
  void a_region_with_a_star_becomes_the_regions_of_that_form() {
    server.on(
        "GET /fleet",
        """
        {"tenants":3,"databases":1,"stores":1,"cells":1,"byTier":{"basic":3},
         "byRegion":{"eu-west":1,"eu-north":1,"us-east":1},"byModel":{},"byRelease":{}}\
        """);
    assertThat(tranche.run("plan", "--to", "x", "-l", "region=eu-*").code()).isZero();
    assertThat(server.bodyOf("POST /plans")).contains("\"regions\":[\"eu-north\",\"eu-west\"]");
    Result none = tranche.run("plan", "--to", "x", "-l", "region=ap-*");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("selector-not-understood", "eu-north, eu-west, us-east");
  }

  @Test
  void changes_have_an_exit_code_of_their_own_when_asked_for() {
    assertThat(tranche.run("plan", "--to", "2026.11", "--detailed-exitcode").code()).isEqualTo(20);
  }

  @Test
  void quiet_leaves_the_hints_out() {
    assertThat(tranche.run("plan", "--to", "2026.11", "-q").out()).doesNotContain("Next:");
  }

  @Test
  void json_is_one_envelope_in_both_outcomes() {
    JsonNode good = Wire.tolerant().readTree(tranche.run("rollout", "show", "-o", "json").out());
    assertThat(good.get("ok").asBoolean()).isTrue();
    assertThat(good.get("kind").asString()).isEqualTo("rollout");
    assertThat(good.get("serverVersion").asString()).isEqualTo("1.2.3");
    assertThat(good.get("data").get("startedAt").asString()).isEqualTo("2026-11-20T12:58:00Z");
    server.refuse("GET /rollouts/r-9", 404, "not-found");
    Result refused = tranche.run("rollout", "show", "r-9", "-o", "json");
    JsonNode bad = Wire.tolerant().readTree(refused.out());
    assertThat(refused.code()).isEqualTo(5);
    assertThat(refused.err()).isEmpty();
    assertThat(bad.get("ok").asBoolean()).isFalse();
    assertThat(bad.get("problem").get("code").asString()).isEqualTo("some-problem");
    assertThat(bad.has("data")).isFalse();
  }

  @Test
  void a_command_line_that_is_not_understood_is_said_in_json_as_well() {
    Result result = tranche.run("plan", "--tooo", "x", "--output=json");
    assertThat(result.code()).isEqualTo(2);
    assertThat(Wire.tolerant().readTree(result.out()).get("problem").get("code").asString())
        .isEqualTo("command-not-understood");
  }

  @Test
  void names_and_lines_are_for_scripts() {
    assertThat(tranche.run("rollout", "list", "-o", "name").out()).isEqualTo("r-42\nr-41\n");
    assertThat(tranche.run("rollout", "ls", "-o", "ndjson").out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\":\"r-4"));
    assertThat(tranche.run("rollout", "list").out()).contains("ROLLOUT", "◐ moving", "✔ done");
  }

  @ParameterizedTest
  @CsvSource({
    "bad-request,400,2",
    "not-allowed,403,4",
    "not-found,404,5",
    "conflict,409,6",
    "refused-by-policy,422,6",
    "failed,500,1",
    "environment,503,7",
    "bug,500,8"
  })
  void each_kind_of_problem_has_its_exit_code(String kind, int status, int code) {
    server.refuse("POST /plans", status, kind);
    Result result = tranche.run("plan", "--to", "x");
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            """
            ✕ Some problem   problem some-problem
              what   What it is
              why    Why it is.
              fix    Do that.
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rollout approve --tranche 4; POST /rollouts/r-42/approve; {\"tranche\":4}",
        "rollout approve r-42 --contract -y; POST /rollouts/r-42/approve; {\"contract\":true}",
        "rollout pause --reason noise; POST /rollouts/r-42/pause; {\"reason\":\"noise\"}",
        "rollout pause; POST /rollouts/r-42/pause; {\"reason\":\"no reason given\"}",
        "rollout resume r-42; POST /rollouts/r-42/resume; ''",
        "rollout retry; POST /rollouts/r-42/retry; {\"tenants\":[]}",
        "rollout retry --tenant a --tenant b; POST /rollouts/r-42/retry;"
            + " {\"tenants\":[\"a\",\"b\"]}",
        "rollout cancel -y; POST /rollouts/r-42/cancel; {\"reason\":\"no reason given\"}",
        "rollout revert --tenant a --reason x; POST /rollouts/r-42/revert;"
            + " {\"tenants\":[\"a\"],\"reason\":\"x\"}",
        "rollback r-42 --all --reason x --yes; POST /rollouts/r-42/revert;"
            + " {\"tenants\":[],\"reason\":\"x\"}"
      })
  void orders_reach_the_control_plane(String words, String request, String body) {
    server.on(request, ROLLOUT);
    Result result = tranche.run(words.split(" "));
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("r-42  2026.11", "Next: tranche rollout watch r-42");
    assertThat(server.bodyOf(request)).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rollout start 7f3a91c", "deploy 7f3a91c"})
  void a_plan_is_started(String words) {
    server.on("POST /rollouts", ROLLOUT);
    assertThat(tranche.run(words.split(" ")).out()).contains("Next: tranche rollout watch r-42");
    assertThat(server.bodyOf("POST /rollouts")).isEqualTo("{\"plan\":\"7f3a91c\"}");
  }

  @Test
  void the_id_may_be_left_out_only_while_it_is_clear() {
    server.on("GET /rollouts?limit=100", "{\"items\":[" + OVER + "]}");
    server.on("GET /rollouts/r-41", OVER);
    assertThat(tranche.run("rollout", "show").out()).contains("r-41  2026.11  ✔ done");
    Result none = tranche.run("rollout", "pause");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("which-rollout", "none that has not ended");
    String other = ROLLOUT.replace("r-42", "r-43");
    server.on("GET /rollouts?limit=100", "{\"items\":[" + other + "," + ROLLOUT + "]}");
    assertThat(tranche.run("rollout", "show").err()).contains("r-43, r-42");
  }

  @Test
  void what_concerns_many_is_confirmed_first() {
    server.on("POST /rollouts/r-42/revert", ROLLOUT);
    String[] words = {"rollout", "revert", "--all", "--reason", "x"};
    Result unasked = tranche.run(words);
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("confirmation-needed", "--yes");
    tranche.terminal = FakeTerminal.typing("no");
    assertThat(tranche.run(words).code()).isEqualTo(2);
    assertThat(server.lines()).doesNotContain("POST /rollouts/r-42/revert");
    tranche.terminal = FakeTerminal.typing("yes");
    assertThat(tranche.run(words).code()).isZero();
    assertThat(server.lines()).contains("POST /rollouts/r-42/revert");
  }

  @ParameterizedTest
  @CsvSource({
    "rollout revert --reason x,--tenant",
    "rollout revert --all,--reason",
    "rollout revert --all --tenant a --reason x,mutually exclusive",
    "rollout approve,--tranche",
    "rollout,Usage: tranche rollout",
    "rollot list,Did you mean: tranche rollout",
    "plan,--to",
    "tenant list --limit 0,--limit",
    "tenant list -l colour=red,colour",
    "rollout start 7 --wait --timeout soon,span-not-understood",
    "rollout list -o xml,'table, wide, json, ndjson, name'"
  })
  void what_is_not_understood_is_a_usage_error_and_says_what(String words, String said) {
    Result result = tranche.run(words.split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(said);
    assertThat(server.lines()).noneMatch(line -> line.startsWith("POST"));
  }

  @Test
  void releases_are_created_from_folders_named_from_here() {
    server.on("POST /releases", RELEASE).on("GET /releases", "{\"items\":[" + RELEASE + "]}");
    server.on("GET /releases/2026.11", RELEASE);
    Result created = tranche.run("release", "create", "releases/2026.11");
    assertThat(created.out()).contains("Release 2026.11", "Next: tranche plan --to 2026.11");
    assertThat(server.bodyOf("POST /releases"))
        .isEqualTo("{\"folder\":\"" + folder.resolve("releases/2026.11") + "\"}");
    assertThat(tranche.run("release", "list").out()).contains("2026.11  issues  1–3");
    assertThat(tranche.run("release", "show", "2026.11").out()).contains("add priority_v2");
  }

  @Test
  void tenants_are_read_page_by_page_up_to_the_limit() {
    server.on(
        "GET /tenants?tier=premium&limit=2",
        "{\"items\":[" + TENANT + "],\"total\":3,\"next\":\"c1\"}");
    server.on(
        "GET /tenants?tier=premium&limit=1&cursor=c1",
        "{\"items\":[" + TENANT + "],\"total\":3,\"next\":\"c2\"}");
    Result result = tranche.run("tenant", "list", "-l", "tier=premium", "--limit", "2");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("2 of 3 tenants, the first by id");
  }

  @Test
  void a_tenant_says_why_it_is_where_it_is() {
    server.on("GET /tenants/acme", TENANT).on("GET /tenants/acme/why", WHY);
    server.on("GET /rollouts/r-42/explain?tenant=acme", WHY);
    assertThat(tranche.run("tenant", "show", "acme").out()).contains("cell     premium-1");
    assertThat(tranche.run("tenant", "why", "acme").out()).contains("clears: release-managers");
    assertThat(tranche.run("rollout", "explain", "--tenant", "acme").out())
        .contains("acme: waiting in tranche 4 (premium) of r-42, because of 1 thing");
    assertThat(tranche.run("rollout", "explain", "--failed").out()).contains("zorg", "4 of 4");
  }

  @Test
  void the_fleet_is_counted_not_listed() {
    server.on(
        "GET /fleet",
        """
        {"tenants":3,"databases":1,"stores":1,"cells":1,"byTier":{"basic":3},
         "byRegion":{"eu-west":3},"byModel":{"row":3},"byRelease":{"2026.10":2,"":1}}\
        """);
    server.on(
        "GET /tenants?tier=basic&release=2026.10&limit=1",
        "{\"items\":[" + TENANT + "],\"total\":2,\"next\":\"c\"}");
    assertThat(tranche.run("fleet", "show").out())
        .contains("Fleet  3 tenants in 1 database", "basic     1        2    3");
  }

  @Test
  void plans_can_be_listed_and_shown_again() {
    server.on("GET /plans/7f3a91c", PLAN);
    server.on(
        "GET /plans?limit=100",
        """
        {"items":[{"id":"7f3a91c","hash":"7f","to":"2026.11","tenants":1348,"leftOut":3,
         "at":"2026-11-20T12:00:00Z"}]}\
        """);
    server.on(
        "GET /plans/7f3a91c/tenants",
        """
        {"items":[{"tenant":"acme","tranche":1,"batch":"1.1","from":"2026.10","cell":"c",
         "stores":["a/b"]}],"total":1}\
        """);
    assertThat(tranche.run("plan", "show", "7f3a91c").out()).startsWith(Golden.text("plan.txt"));
    assertThat(tranche.run("plan", "list").out()).contains("2026-11-20 13:00:00 CET");
    assertThat(tranche.run("plan", "list", "--utc").out()).contains("2026-11-20 12:00:00 UTC");
    assertThat(tranche.run("plan", "--to", "2026.11", "--show=tenants").out()).contains("acme");
  }

  @Test
  void the_journal_is_read_to_the_limit_and_says_how_to_go_on() {
    String entry =
        """
        {"seq":%d,"rollout":"r-42","at":"2026-11-20T12:00:00Z","epoch":1,"type":"performed",
         "text":"did it","detail":{"tenants":[]}}\
        """;
    server.on(
        "GET /rollouts/r-42/journal?after=5&limit=2",
        "{\"items\":["
            + entry.formatted(6)
            + ","
            + entry.formatted(9)
            + "],\"after\":9,\"more\":true}");
    assertThat(tranche.run("rollout", "journal", "--after", "5", "--limit", "2", "--utc").out())
        .isEqualTo(
            """
                  6  2026-11-20 12:00:00 UTC  r-42  performed         did it
                  9  2026-11-20 12:00:00 UTC  r-42  performed         did it
            Next: tranche rollout journal r-42 --after 9
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "'',auto,true,true",
    "'',auto,false,false",
    "NO_COLOR=1,auto,true,false",
    "CLICOLOR_FORCE=1,auto,false,true",
    "CLICOLOR_FORCE=0,auto,false,false",
    "TERM=dumb,auto,true,false",
    "NO_COLOR=1,always,false,true",
    "CLICOLOR_FORCE=1,never,true,false"
  })
  void colour_follows_option_environment_and_terminal(
      String variable, String option, boolean isSeen, boolean isColoured) {
    if (!variable.isEmpty()) {
      String[] parts = variable.split("=");
      tranche.environment.put(parts[0], parts[1]);
    }
    tranche.terminal = isSeen ? FakeTerminal.PERSON : FakeTerminal.NONE;
    String out = tranche.run("rollout", "list", "--color", option).out();
    assertThat(out.contains("\u001b[")).isEqualTo(isColoured);
  }

  @Test
  void ascii_is_for_every_line() {
    assertThat(tranche.run("rollout", "show", "--ascii").out()).matches("(?s)\\p{ASCII}*");
  }

  @Test
  void a_defect_leaves_a_report_without_what_was_said() throws Exception {
    Result result = tranche.run("boom");
    assertThat(result.code()).isEqualTo(8);
    assertThat(result.err()).contains("cli-defect", "IllegalStateException");
    assertThat(result.err()).doesNotContain("hunter2");
    Path report = Path.of(result.err().replaceAll("(?s).*the report (\\S+\\.txt).*", "$1"));
    assertThat(Files.readString(report)).contains("tranche boom").doesNotContain("hunter2");
    Files.delete(report);
  }

  @Test
  void a_control_plane_that_is_gone_is_an_environment_problem() {
    server.close();
    Result result = tranche.run("rollout", "list");
    assertThat(result.code()).isEqualTo(7);
    assertThat(result.err()).contains("server-unreachable");
  }

  @ParameterizedTest
  @CsvSource({
    "plan --to x,plan",
    "deploy 7,deploy",
    "boom,boom",
    "help,boom plan rollout release tenant fleet deploy rollback",
    "unknown,boom plan rollout release tenant fleet deploy rollback",
    "'',boom plan rollout release tenant fleet deploy rollback"
  })
  void only_the_command_that_is_named_is_described_to_the_parser(String words, String commands) {
    var root = new CommandLine(CommandLine.Model.CommandSpec.create());
    root.addSubcommand("boom", CommandLine.Model.CommandSpec.create());
    List<String> typed = words.isEmpty() ? List.of() : List.of(words.split(" "));
    Cli.registerFor(typed, root, Surroundings.ofThisProcess(), Map.of());
    assertThat(root.getSubcommands().keySet())
        .contains(commands.split(" "))
        .hasSize(commands.startsWith("boom") ? commands.split(" ").length : 2);
  }
}
