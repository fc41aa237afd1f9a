package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OnErrorTest {
  @ParameterizedTest
  @CsvSource({
    "stop, 1000, 0",
    "continue, 1000, 2147483647",
    "budget:20, 1000, 20",
    "budget:0, 1000, 0",
    "budget:0.5%, 1000, 5",
    "budget:0.5%, 199, 0",
    "budget:0.5%, 200, 1",
    "budget:100%, 7, 7",
    "budget:33.333%, 3, 0"
  })
  void a_budget_is_a_number_of_stores(String text, int stores, int budget) {
    OnError parsed = OnError.parse(text).orElseThrow();

    assertThat(parsed.budget(stores)).isEqualTo(budget);
    assertThat(parsed).hasToString(text);
    assertThat(OnError.parse(parsed.toString())).contains(parsed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Stop",
        "budget",
        "budget:",
        "budget:-1",
        "budget:1.5",
        "budget:%",
        "budget:0%",
        "budget:101%",
        "budget:1e3%",
        "budget:99999999999",
        "budget: 5",
        "continue "
      })
  void other_texts_are_none(String text) {
    assertThat(OnError.parse(text)).isEmpty();
  }

  /// However many run at once and however failures fall: at most the budget and those that ran.
  @Test
  void no_more_fail_than_the_budget_and_those_that_are_running() {
    for (long seed = 0; seed < 3_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int stores = random.nextInt(1, 400);
      int parallel = random.nextInt(1, 20);
      int percentFailing = random.nextInt(0, 101);
      OnError onError =
          random.nextBoolean()
              ? new OnError.Count(random.nextInt(0, 30))
              : OnError.parse("budget:" + random.nextInt(1, 101) + "%").orElseThrow();
      int waiting = stores;
      int running = 0;
      int failed = 0;
      while ((waiting > 0 && onError.mayBegin(failed, stores)) || running > 0) {
        boolean begins =
            waiting > 0
                && running < parallel
                && onError.mayBegin(failed, stores)
                && (running == 0 || random.nextBoolean());
        if (begins) {
          waiting--;
          running++;
        } else {
          running--;
          failed += random.nextInt(100) < percentFailing ? 1 : 0;
        }
      }
      assertThat(failed).as("seed %d", seed).isLessThanOrEqualTo(onError.budget(stores) + parallel);
      assertThat(waiting == 0 || failed > onError.budget(stores)).as("seed %d", seed).isTrue();
    }
  }
}
