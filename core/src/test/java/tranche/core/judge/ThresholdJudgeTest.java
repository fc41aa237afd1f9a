package tranche.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdJudgeTest {
  private static final Criteria HALF_A_PERCENT_OF_200 = new Criteria(0.005, 200);

  @ParameterizedTest
  @CsvSource({
    "0, 0, Inconclusive",
    "199, 0, Inconclusive",
    "200, 0, Healthy",
    "400, 1, Healthy",
    "400, 2, Unhealthy",
    "200, 1, Unhealthy",
    "3, 1, Unhealthy"
  })
  void holds_the_error_rate_against_the_limit(long requests, long errors, String verdict) {
    Evidence evidence = Evidence.of(ArmCounts.NONE, new ArmCounts(requests, errors));
    assertThat(
            new ThresholdJudge().judge(HALF_A_PERCENT_OF_200, evidence).getClass().getSimpleName())
        .isEqualTo(verdict);
  }

  @Test
  void missing_data_never_passes() {
    Verdict verdict =
        new ThresholdJudge().judge(HALF_A_PERCENT_OF_200, Evidence.missing("restarted"));
    assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(verdict.summary()).isEqualTo("restarted");
  }

  @Test
  void a_verdict_says_the_figures_and_the_limit() {
    Evidence evidence = Evidence.of(new ArmCounts(1_000, 1), new ArmCounts(200, 5));
    assertThat(new ThresholdJudge().judge(HALF_A_PERCENT_OF_200, evidence).summary())
        .isEqualTo("error rate 2.50 % of 200 requests (limit 0.50 %), baseline 0.10 % of 1000");
  }
}
