package tranche.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tranche.bench.contest.Contestant;
import tranche.bench.contest.Fleet;
import tranche.bench.contest.Stage;
import tranche.bench.report.ResultFiles;
import tranche.bench.report.Sample;

class ReportTest {
  private static final Results.Line FLOOR_1 = line("floor", 1, 1_500, 60);
  private static final Results.Line FLOOR_4 = line("floor", 4, 1_000, 50);
  private static final Results.Line TRANCHE = line("tranche", 0, 1_100, 100);
  private static final Results.Line FLYWAY_1 = line("flyway", 1, 12_100, 7_000);
  private static final Results.Line FLYWAY_4 = line("flyway", 4, 6_600, 2_700);

  @Test
  void the_line_of_json_is_one_line_and_has_the_ratios_that_are_promised() {
    String line = ResultFiles.line(report(FLOOR_1, FLOOR_4, TRANCHE, FLYWAY_1, FLYWAY_4).tree());

    assertThat(line).doesNotContain("\n");
    JsonNode json = JsonMapper.builder().build().readTree(line);
    assertThat(json.get("apply_vs_floor").asDouble()).isEqualTo(1.1);
    assertThat(json.get("apply_vs_flyway_sequential").asDouble()).isEqualTo(11);
    assertThat(json.get("apply_vs_flyway_best_threads").asDouble()).isEqualTo(6);
    assertThat(json.get("noop_vs_flyway_sequential").asDouble()).isEqualTo(70);
    assertThat(json.get("noop_vs_flyway_best_threads").asDouble()).isEqualTo(27);
    assertThat(json.at("/seconds/floor-4/apply/median").asDouble()).isEqualTo(1);
    assertThat(json.get("command").asString()).isEqualTo("bench/run fanout");
    assertThat(json.at("/best_connections/floor/apply").asInt()).isEqualTo(4);
    assertThat(json.at("/best_connections/flyway/noop").asInt()).isEqualTo(4);
    assertThat(json.get("date").asString()).startsWith("20");
  }

  @Test
  void sequential_may_be_the_best_number_of_threads() {
    Results.Line slow = line("flyway", 4, 20_000, 8_000);

    assertThat(report(TRANCHE, FLYWAY_1, slow).tree())
        .containsEntry("apply_vs_flyway_best_threads", 11.0);
  }

  @Test
  void a_ratio_to_somebody_who_did_not_take_part_is_null() {
    assertThat(report(FLOOR_4, FLYWAY_1).tree())
        .containsEntry("apply_vs_floor", null)
        .containsEntry("apply_vs_flyway_sequential", null);
    assertThat(report(FLOOR_4, FLYWAY_1).page("x.svg"))
        .contains("| `apply_vs_floor` | not measured |");
  }

  @Test
  void the_page_shows_everybody_and_how_it_was_made() {
    String page = report(FLOOR_1, FLOOR_4, TRANCHE, FLYWAY_1, FLYWAY_4).page("chart.svg");

    assertThat(page)
        .contains("`bench/run fanout`", "](chart.svg)", "| cores | 2 |", "`apply_vs_floor` | 1.10")
        .contains("| floor-4 | 1.000 (1.000-1.000) |", "| tranche | 1.100", "| flyway-1 | 12.100");
  }

  @Test
  void the_chart_shows_the_best_floor_only() {
    String svg = report(FLOOR_1, FLOOR_4, TRANCHE).chart().svg();

    assertThat(svg).contains("floor-4", "tranche", "1.1 s").doesNotContain("floor-1<");
  }

  private static Report report(Results.Line... lines) {
    return new Report(
        new Results(1_000, List.of(lines)), 1, "bench/run fanout", Map.of("cores", "2"));
  }

  private static Results.Line line(String tool, int connections, long apply, long noop) {
    Map<Operation, Sample> samples = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      samples.put(operation, millis(operation == Operation.APPLY ? apply : noop));
    }
    return new Results.Line(new Named(tool, connections), samples);
  }

  private static Sample millis(long time) {
    return new Sample(List.of(Duration.ofMillis(time)));
  }

  /// A contestant for tables only; it is never asked to work.
  private record Named(String tool, int connections) implements Contestant {
    @Override
    public void apply(Fleet fleet, Stage stage) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int pending(Fleet fleet, Stage stage) {
      throw new UnsupportedOperationException();
    }
  }
}
