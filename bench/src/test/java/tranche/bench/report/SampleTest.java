package tranche.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void the_median_of_an_odd_number_is_the_one_in_the_middle() {
    assertThat(millis(9, 1, 5).median()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() {
    assertThat(millis(100, 1, 4, 2).median()).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void one_outlier_moves_the_most_and_not_the_median() {
    Sample sample = millis(10, 11, 90_000);

    assertThat(sample.seconds()).isEqualTo(0.011);
    assertThat(sample.min()).isEqualTo(Duration.ofMillis(10));
    assertThat(sample.max()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void a_ratio_divides_the_medians() {
    assertThat(millis(6_000, 8_000, 7_000).times(millis(100))).isEqualTo(70);
  }

  @Test
  void there_is_no_sample_without_a_time() {
    assertThatThrownBy(() -> new Sample(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private static Sample millis(long... times) {
    return new Sample(LongStream.of(times).mapToObj(Duration::ofMillis).toList());
  }
}
