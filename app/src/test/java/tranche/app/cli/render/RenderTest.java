package tranche.app.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tranche.api.fleet.StoreJson;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.TenantPage;
import tranche.api.fleet.WhyJson;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.RolloutJson;
import tranche.api.rollout.RolloutJson.HoldJson;
import tranche.api.rollout.RolloutJson.TrancheJson;
import tranche.app.cli.Golden;
import tranche.app.cli.render.Look.Glyphs;
import tranche.app.cli.render.Look.Ink;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;

class RenderTest {
  private static final Instant NOW = Instant.parse("2026-11-20T13:32:07Z");
  private static final Look LOOK =
      new Look(Ink.PLAIN, Glyphs.UNICODE, Look.UNLIMITED, ZoneId.of("Europe/Berlin"));
  private static final Look COLOUR = new Look(Ink.COLOUR, Glyphs.UNICODE, 130, LOOK.zone());
  private static final Look ASCII = new Look(Ink.PLAIN, Glyphs.ASCII, 130, LOOK.zone());

  private final PlanJson plan = Golden.wire("plan.json", PlanJson.class);
  private final RolloutJson rollout = Golden.wire("rollout.json", RolloutJson.class);
  private final RolloutJson halted = Golden.wire("halted.json", RolloutJson.class);

  @Test
  void a_plan_is_a_table_of_one_line_per_tranche() {
    Golden.check("plan.txt", PlanTable.lines(plan, LOOK));
  }

  @Test
  void a_plan_fits_into_80_columns_without_losing_a_word() {
    List<String> lines = PlanTable.lines(plan, LOOK.fitting(80));
    Golden.check("plan-80.txt", lines);
    assertThat(lines).allMatch(line -> line.length() <= 80);
    String all = String.join(" ", lines).replaceAll("\\s+", " ");
    assertThat(all).contains("release-managers", "no return");
  }

  @Test
  void a_wide_plan_says_how_traffic_moves() {
    Golden.check("plan-wide.txt", PlanTable.wide(plan, LOOK));
  }

  @Test
  void ascii_has_no_other_character_and_the_same_columns() {
    List<String> lines = PlanTable.lines(plan, ASCII);
    Golden.check("plan-ascii.txt", lines);
    assertThat(String.join("", lines)).matches("\\p{ASCII}*");
    assertThat(lines.stream().map(String::length))
        .isEqualTo(PlanTable.lines(plan, LOOK.fitting(130)).stream().map(String::length).toList());
  }

  @Test
  void a_ladder_says_counts_holds_and_causes() {
    Golden.check("ladder.txt", Ladder.lines(rollout, NOW, LOOK));
  }

  @Test
  void a_ladder_fits_into_80_columns() {
    List<String> lines = Ladder.lines(rollout, NOW, LOOK.fitting(80));
    Golden.check("ladder-80.txt", lines);
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void a_ladder_in_ascii() {
    List<String> lines = Ladder.lines(rollout, NOW, ASCII);
    Golden.check("ladder-ascii.txt", lines);
    assertThat(String.join("", lines)).matches("\\p{ASCII}*");
  }

  @Test
  void colour_adds_nothing_but_colour() {
    List<String> coloured = Ladder.lines(rollout, NOW, COLOUR);
    Golden.check("ladder-colour.txt", coloured);
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
        .isEqualTo(Ladder.lines(rollout, NOW, LOOK.fitting(130)));
  }

  @Test
  void a_halted_ladder_ends_with_what_why_and_fix() {
    Golden.check("halted.txt", Ladder.lines(halted, NOW, LOOK));
    assertThat(Ladder.next(halted))
        .containsExactly(
            "tranche rollout explain r-43", "tranche rollout revert r-43 --all --reason \"...\"");
  }

  @Test
  void at_a_gate_the_next_command_opens_that_gate_and_no_other() {
    for (String state : List.of("waiting", "moving")) {
      assertThat(Ladder.next(heldInSecondTranche(state)))
          .containsExactly("tranche rollout approve r-42 --tranche 2");
    }
    assertThat(Ladder.next(heldInSecondTranche("done")))
        .containsExactly("tranche rollout approve r-42 --contract");
  }

  private RolloutJson heldInSecondTranche(String state) {
    var hold = new HoldJson("approval", "needs an approval", NOW, Optional.empty(), "managers");
    var first = new TrancheJson(1, "test", "", 1, "done", Map.of(), Optional.empty());
    var second =
        new TrancheJson(2, "rest", "", 1, state, Map.of(), Optional.of("needed: managers"));
    return new RolloutJson(
        "r-42",
        "2026.11",
        "5a70854",
        "anna",
        NOW,
        NOW,
        "held",
        false,
        Optional.of(hold),
        Optional.empty(),
        List.of(first, second),
        rollout.failed());
  }

  @Test
  void text_from_elsewhere_cannot_move_the_cursor() {
    var problem =
        new RecordedProblem(
            "evil", ProblemKind.FAILED, "a\u001b[2Jb\u009bc\rd\u202ee", "line\nbreak", "fix");
    List<String> lines = ProblemBlock.lines(problem, COLOUR);
    assertThat(lines.get(1)).isEqualTo("  what   a[2Jbc · de");
    assertThat(lines.get(2)).isEqualTo("  why    line · break");
  }

  @Test
  void a_log_gets_one_line_per_change_of_state() {
    assertThat(Changes.lines(rollout, rollout, NOW, LOOK)).isEmpty();
    assertThat(Changes.lines(rollout, halted, NOW, LOOK))
        .containsExactly(
            "14:32:07  r-43  tranche 2 canary: ◐ moving, 0/13",
            "14:32:07  r-43  tranche 3 basic: ○ waiting, 0/1,230",
            "14:32:07  r-43  ✕ halted: Tranche canary got worse: error rate 0.14 % on 2026.12"
                + " against 0.03 % on 2026.11 (limit 0.10 %)");
    assertThat(Changes.heartbeat(rollout, NOW, LOOK))
        .isEqualTo(
            "14:32:07  r-42  2026.11  ◐ moving, tranche 3 of 5: basic 764/1,230, ✕ 4 failed");
  }

  @Test
  void a_ledger_counts_tenants_by_tier_and_release() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    counts.put("basic", Map.of("2026.10", 1247L));
    counts.put("premium", Map.of("2026.10", 80L, "2026.11", 9L));
    assertThat(LedgerTable.lines(counts, LOOK))
        .containsExactly(
            "TIER     2026.10  2026.11    ALL",
            "basic      1,247        –  1,247",
            "premium       80        9     89",
            "all        1,327        9  1,336");
  }

  @Test
  void tenants_are_listed_with_what_they_run() {
    TenantJson tenant =
        new TenantJson(
            "acme-bank",
            "premium",
            "eu-west",
            "hybrid",
            "held",
            Optional.of("change freeze"),
            "premium-1",
            List.of(
                new StoreJson("shared", "pool/public", Optional.of("3"), Optional.empty()),
                new StoreJson("own", "pool/acme", Optional.empty(), Optional.empty())),
            Optional.of("2026.10"),
            Optional.of(NOW.minus(Duration.ofDays(2))),
            Optional.of("r-41"));
    Golden.check(
        "tenants.txt",
        TenantTable.lines(new TenantPage(List.of(tenant), 1351, Optional.of("x")), LOOK));
    Golden.check("tenant.txt", TenantTable.one(tenant, NOW, LOOK));
    assertThat(TenantTable.byTierAndRelease(List.of(tenant)))
        .isEqualTo(Map.of("premium", Map.of("2026.10", 1L)));
  }

  @Test
  void a_reason_says_until_when_and_who_clears_it() {
    var why =
        new WhyJson(
            "initech",
            "waiting in tranche 4 (premium) of r-42",
            List.of(
                new WhyJson.Reason("baking", "tranche 3 bakes", Optional.of(NOW), "time"),
                new WhyJson.Reason(
                    "approval",
                    "tranche 4 needs an approval",
                    Optional.empty(),
                    "release-managers")));
    Golden.check("why.txt", WhyText.lines(why, NOW, LOOK));
    Golden.check("failed.txt", WhyText.failed(rollout.failed(), LOOK));
    Golden.check("rollouts.txt", RolloutTable.lines(List.of(halted, rollout), NOW, LOOK));
  }

  @ParameterizedTest
  @CsvSource({"PT45S,45 s", "PT4M,4 min", "PT1H40M,1 h 40", "PT2H,2 h", "PT49H,2 days", "PT0S,0 s"})
  void an_estimate_is_as_exact_as_an_estimate_can_be(Duration span, String text) {
    assertThat(Figures.about(span)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,10,░░░░░░░░░░░░░░░░░░░░",
    "10,10,████████████████████",
    "1,80,▎░░░░░░░░░░░░░░░░░░░"
  })
  void a_bar_has_twenty_cells(long done, long all, String bar) {
    assertThat(Bar.of(done, all)).isEqualTo(bar);
  }
}
