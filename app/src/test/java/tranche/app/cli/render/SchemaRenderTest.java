package tranche.app.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.api.schema.SchemaDriftJson;
import tranche.api.schema.SchemaPlanJson;
import tranche.api.schema.SchemaRunJson;
import tranche.api.schema.SchemaStatusJson;
import tranche.api.schema.StoreStatusJson;
import tranche.app.cli.Golden;
import tranche.app.cli.render.Look.Glyphs;
import tranche.app.cli.render.Look.Ink;
import tranche.core.fanout.Eta;
import tranche.engine.fanout.Counts;
import tranche.engine.fanout.Snapshot;
import tranche.engine.fanout.Snapshot.ServerProgress;

class SchemaRenderTest {
  private static final Look LOOK =
      new Look(Ink.PLAIN, Glyphs.UNICODE, Look.UNLIMITED, ZoneId.of("Europe/Berlin"));
  private static final Look ASCII = new Look(Ink.PLAIN, Glyphs.ASCII, 100, LOOK.zone());
  private static final Look COLOUR = new Look(Ink.COLOUR, Glyphs.UNICODE, 100, LOOK.zone());

  private final SchemaStatusJson status = Golden.wire("schema-status.json", SchemaStatusJson.class);
  private final SchemaPlanJson plan = Golden.wire("schema-plan.json", SchemaPlanJson.class);
  private final SchemaRunJson run = Golden.wire("schema-run.json", SchemaRunJson.class);
  private final SchemaDriftJson drift = Golden.wire("schema-drift.json", SchemaDriftJson.class);
  private final Snapshot snapshot =
      new Snapshot(
          Duration.ofSeconds(54),
          new Counts(10_000, 7_512, 2, 0, 7, 0, 0, 2, 3, 15_026),
          8,
          2_469,
          List.of(
              new ServerProgress("db1:5432", 7_000, 6, 2_000, 7, 120.4, 6),
              new ServerProgress("db2:5432", 521, 2, 469, 0, 9.25, 4)),
          129.6,
          new Eta.Between(Duration.ofSeconds(17), Duration.ofSeconds(22)),
          false);

  @Test
  void a_status_is_a_line_for_each_group_of_stores() {
    Golden.check("schema-status.txt", SchemaStatusText.lines(status, LOOK));
  }

  @Test
  void a_plan_says_what_runs_locks_and_cannot_be_taken_back() {
    Golden.check("schema-plan.txt", SchemaPlanText.lines(plan, LOOK));
    Golden.check("schema-plan-wide.txt", SchemaPlanText.wide(plan, LOOK));
    Golden.check("schema-sql.txt", SchemaPlanText.sql(plan, LOOK));
  }

  @Test
  void a_summary_groups_failures_by_cause() {
    Golden.check("schema-run.txt", SchemaRunText.lines(run, LOOK));
  }

  @Test
  void drift_is_grouped_by_what_differs() {
    Golden.check("schema-drift.txt", SchemaDriftText.lines(drift, LOOK));
    Golden.check("schema-drift-wide.txt", SchemaDriftText.wide(drift, LOOK));
  }

  @Test
  void progress_says_what_is_done_and_how_long_it_takes() {
    List<String> failures =
        List.of("tenant_441  store-busy  Store app/tenant_441 is being changed");
    Golden.check(
        "schema-progress.txt", SchemaProgressText.lines("apply to app", snapshot, failures, LOOK));
    assertThat(SchemaProgressText.line(snapshot, LOOK))
        .isEqualTo(
            "7,523/10,000  ✔ 7,512 done · 8 moving · 2,469 waiting · ✕ 7 failed  130/s  about"
                + " 17-22 s left");
    Instant now = Instant.parse("2026-11-20T13:00:00Z");
    assertThat(SchemaProgressText.stamped("x", now, LOOK)).isEqualTo("14:00:00  x");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 60})
  void everything_fits_into_a_narrow_terminal_without_losing_a_word(int columns) {
    Look narrow = LOOK.fitting(columns);
    Golden.check("schema-status-" + columns + ".txt", SchemaStatusText.lines(status, narrow));
    Golden.check("schema-plan-" + columns + ".txt", SchemaPlanText.lines(plan, narrow));
    Golden.check("schema-run-" + columns + ".txt", SchemaRunText.lines(run, narrow));
    for (String word : List.of("change freeze", "acme-bank", "cyberdyne", "8812")) {
      assertThat(joined(SchemaStatusText.lines(status, narrow))).contains(word);
    }
    assertThat(joined(SchemaRunText.lines(run, narrow))).contains("idle in transaction");
  }

  private static String joined(List<String> lines) {
    return String.join(" ", lines).replaceAll("\\s+", " ");
  }

  @Test
  void eighty_columns_are_kept() {
    Look narrow = LOOK.fitting(80);
    List<String> lines = new ArrayList<>(SchemaStatusText.lines(status, narrow));
    lines.addAll(SchemaRunText.lines(run, narrow));
    lines.addAll(SchemaDriftText.lines(drift, narrow));
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void ascii_has_no_other_character() {
    List<Function<Look, List<String>>> texts =
        List.of(
            look -> SchemaStatusText.wide(status, look),
            look -> SchemaPlanText.wide(plan, look),
            look -> SchemaRunText.lines(run, look),
            look -> SchemaDriftText.wide(drift, look),
            look -> SchemaProgressText.lines("apply", snapshot, List.of("x"), look));
    for (Function<Look, List<String>> text : texts) {
      assertThat(String.join("", text.apply(ASCII))).matches("\\p{ASCII}*");
      assertThat(String.join("", text.apply(LOOK))).doesNotContain("\u001b");
      assertThat(String.join("", text.apply(COLOUR))).contains("\u001b[");
    }
    Golden.check("schema-status-ascii.txt", SchemaStatusText.lines(status, ASCII));
    Golden.check("schema-status-colour.txt", SchemaStatusText.lines(status, COLOUR));
  }

  @Test
  void stores_are_lines_of_equal_columns() {
    List<String> lines = new ArrayList<>();
    List<StoreStatusJson> stores =
        List.of(
            new StoreStatusJson(
                "main/t_acme",
                Optional.of("acme"),
                Optional.of("premium"),
                "current",
                Optional.of("42"),
                List.of(),
                0,
                Optional.empty()),
            new StoreStatusJson(
                "main/t_newcomer",
                Optional.of("newcomer"),
                Optional.of("premium"),
                "empty",
                Optional.empty(),
                List.of("V1", "V2"),
                2,
                Optional.empty()));
    SchemaStatusText.stores(stores, LOOK, lines::add);
    Golden.check("schema-stores.txt", lines);
  }

  @Test
  void nothing_to_do_is_said_in_one_line() {
    SchemaRunJson nothing =
        new SchemaRunJson(
            "apply",
            "s-01m7wkmmjab723q5fb5rdtabtz",
            "complete",
            10_000,
            0,
            10_000,
            0,
            0,
            0,
            0,
            0,
            Duration.ofMillis(740),
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(SchemaRunText.lines(nothing, LOOK))
        .containsExactly(
            "Nothing to do on 10,000 stores, found in 0.7 s   s-01m7wkmmjab723q5fb5rdtabtz");
  }

  @Test
  void text_from_a_server_cannot_move_the_cursor() {
    List<String> failures = List.of("tenant_1  x  \u001b[2Jgone\u0007");
    assertThat(String.join("", SchemaProgressText.lines("a\u001b[1A", snapshot, failures, LOOK)))
        .doesNotContain("\u001b", "\u0007");
  }
}
